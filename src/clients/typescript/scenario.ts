// What a program does with the generated client, from the first row to the last error.
import assert from "node:assert/strict";
import {
  BatchApi,
  Configuration,
  ProblemFromJSON,
  ReadingsApi,
  ReadingsConditionFailedFromJSON,
  ReadingsInsertToJSON,
  ResponseError,
  StationsApi,
  VisitsApi,
} from "./client/index.js";

const configuration = new Configuration({ basePath: process.argv[2] });
const readings = new ReadingsApi(configuration);

const partition = { station: "feldberg", day: "2026-11-24" };
const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, "0")}:00:00.000Z`;
const row = (hour: number) => ({ ...partition, time: at(hour) });

/** The problem document of a call that must fail with this status. */
async function problem(status: number, call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => assert.fail("it has not failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ResponseError, String(error));
  assert.equal(error.response.status, status);
  assert.equal(error.response.headers.get("Content-Type"), "application/problem+json");
  return error.response.json();
}

async function creates() {
  const created = await readings.insertReadingsRaw({
    readingsInsert: { ...row(6), temperature: "-11.30", windSpeed: 9.5, unit: "celsius" },
  });
  assert.equal(created.raw.status, 201);
  assert.equal(created.raw.headers.get("Location"), "/v1/weather/readings/feldberg/2026-11-24/2026-11-24T06%3A00%3A00.000Z");
}

async function readsByKey() {
  assert.deepEqual(await readings.readReadingsRow(row(6)), {
    ...row(6),
    temperature: "-11.30",
    windSpeed: 9.5,
    unit: "celsius",
  });
}

/** `after` of the link to the next page, if there is one. */
function after(response: Response): string | undefined {
  const next = response.headers.get("Link")?.match(/<([^>]*)>; rel="next"/)?.[1];
  return next && (new URL(next, response.url).searchParams.get("after") ?? undefined);
}

async function pagesToTheEnd() {
  const pages: number[] = [];
  const times: unknown[] = [];
  let token: string | undefined;
  do {
    const page = await readings.listReadingsPartitionRaw({ ...partition, limit: 2, after: token });
    const rows = await page.value();
    pages.push(rows.length);
    times.push(...rows.map((reading) => reading.time));
    token = after(page.raw);
  } while (token);
  assert.deepEqual(times, [at(18), at(15), at(12), at(9), at(6)]); // newest first
  assert.deepEqual(pages, [2, 2, 1]);
}

async function changesOnACondition() {
  const read = await readings.readReadingsRowRaw(row(6));
  const ifMatch = read.raw.headers.get("ETag") ?? assert.fail();
  await readings.mergeReadingsRow({ ...row(6), ifMatch, readingsMerge: { temperature: "-11.5" } });

  const lost = readings.mergeReadingsRow({ ...row(6), ifMatch, readingsMerge: { temperature: "0" } });
  const failed = ReadingsConditionFailedFromJSON(await problem(412, lost));
  assert.equal(failed.code, "condition-failed");
  assert.equal(failed.current?.temperature, "-11.5");

  const again = { ...row(6), ifMatch: failed.etag, readingsMerge: { windSpeed: null } };
  await readings.mergeReadingsRow(again);
  assert.equal((await readings.readReadingsRow(row(6))).windSpeed, null);
}

/** The typed call is for one row; its body may be replaced by the array that POST takes as well. */
async function writesManyRows() {
  const rows = [9, 12, 15, 18].map((hour) => ({ ...row(hour), temperature: String(-hour) }));
  const sent = [...rows.map(ReadingsInsertToJSON), { station: "feldberg", tempreature: 1 }];
  const outcomes = await readings.insertReadings(
    { readingsInsert: row(0) },
    async () => ({ body: sent as never }),
  );
  assert.equal(outcomes?.written, 4);
  assert.equal(outcomes?.failed, 1);
  assert.equal(outcomes?.outcomes[0].index, 4);
  assert.equal(outcomes?.outcomes[0].error?.code, "unknown-column");
}

async function writesAllOrNone() {
  const rows = [1, 2].map((hour) => ({ station: "feldberg", day: "2026-11-25", time: at(hour) }));
  const batchOperation = rows.map((reading) => ({ insert: "/v1/weather/readings", row: ReadingsInsertToJSON(reading) }));
  assert.equal((await new BatchApi(configuration).writeBatch({ batchOperation })).written, 2);
}

async function changesParts() {
  const stations = new StationsApi(configuration);
  const station = "feldberg";
  await stations.mergeStationsRow({
    station,
    stationsMerge: {
      instruments: ["barometer", "thermometer"],
      contacts: { phone: "1", mail: "2" },
      position: { latitude: 47.874, longitude: 8.0047, altitude: 1493 },
    },
  });
  await stations.mergeStationsRow({ station, stationsMerge: { contacts: { $remove: ["phone"] } } });
  const read = await stations.readStationsRow({ station });
  assert.deepEqual(read.instruments, ["barometer", "thermometer"]);
  assert.deepEqual(read.contacts, { mail: "2" });
  assert.equal(read.position?.altitude, 1493);
  assert.equal(read.name, null);

  const visits = new VisitsApi(configuration);
  const counter = { station, day: partition.day };
  await visits.mergeVisitsRow({ ...counter, visitsMerge: { visitors: { $inc: "3" } } });
  assert.equal((await visits.readVisitsRow(counter)).visitors, "3");
}

async function explainsAndDeletes() {
  const explanation = await readings.deleteReadingsRow({ ...row(6), explain: true });
  assert.equal(explanation?.cql, "DELETE FROM weather.readings WHERE station = ? AND day = ? AND time = ?");
  assert.equal(explanation?.values[0].name, "station");
  assert.equal(explanation?.values[0].value, "feldberg");
  assert.equal((await readings.readReadingsRow(row(6))).unit, "celsius");
  assert.equal(await readings.deleteReadingsRow(row(6)), null);
}

async function eachErrorIsOfItsType() {
  const missing = ProblemFromJSON(await problem(404, readings.readReadingsRow(row(23))));
  assert.equal(missing.code, "row-not-found");

  const wrong = ProblemFromJSON(await problem(400, readings.readReadingsRow({ ...row(6), day: "yesterday" })));
  assert.equal(wrong.code, "invalid-value");
  assert.equal(wrong.column, "day");
  assert.ok(wrong.expected);

  const stranger = new ReadingsApi(new Configuration({ basePath: process.argv[2], apiKey: "mallory" }));
  assert.equal(ProblemFromJSON(await problem(401, stranger.readReadingsRow(row(6)))).code, "unauthenticated");

  const alice = new ReadingsApi(new Configuration({ basePath: process.argv[2], apiKey: "alice" }));
  const forbidden = ProblemFromJSON(await problem(403, alice.deleteReadingsRow(row(6))));
  assert.equal(forbidden.code, "forbidden");
  assert.deepEqual(forbidden.missing, ["delete"]);
}

for (const step of [
  creates,
  readsByKey,
  writesManyRows,
  pagesToTheEnd,
  changesOnACondition,
  writesAllOrNone,
  changesParts,
  explainsAndDeletes,
  eachErrorIsOfItsType,
]) {
  await step();
  console.log(step.name);
}
