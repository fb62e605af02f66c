// Reads a row by a key of bytes: base64 in the path, and in the row.
import assert from "node:assert/strict";
import { Configuration, DigestsApi } from "./client/index.js";

const digests = new DigestsApi(new Configuration({ basePath: process.argv[2] }));
const hash = Buffer.from([0xfb, 0xff, 0xfe, 0]).toString("base64"); // with + and / and =
assert.deepEqual(await digests.readDigestsRow({ hash }), { hash, name: "a key of bytes" });
