import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.ApiResponse;
import org.openapitools.client.api.BatchApi;
import org.openapitools.client.api.ReadingsApi;
import org.openapitools.client.api.StationsApi;
import org.openapitools.client.api.VisitsApi;
import org.openapitools.client.model.*;

/** What a program does with the generated client, from the first row to the last error. */
class Scenario {
  private static final String STATION = "schauinsland";
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final Pattern NEXT = Pattern.compile("[?&]after=([^&>]*)[^>]*>; rel=\"next\"");

  private final ApiClient client = new ApiClient();
  private final ReadingsApi readings;

  private Scenario(String ringlet) {
    client.updateBaseUri(ringlet);
    readings = new ReadingsApi(client);
  }

  public static void main(String[] arguments) throws Exception {
    Scenario scenario = new Scenario(arguments[0]);
    scenario.creates();
    scenario.readsByKey();
    scenario.writesManyRows();
    scenario.pagesToTheEnd();
    scenario.changesOnACondition();
    scenario.writesAllOrNone();
    scenario.changesParts();
    scenario.explainsAndDeletes();
    scenario.eachErrorIsOfItsType();
  }

  private static OffsetDateTime at(int hour) {
    return DAY.atTime(hour, 0).atOffset(ZoneOffset.UTC);
  }

  private ReadingsRow read(int hour) throws ApiException {
    return readings.readReadingsRow(
        ReadingsApi.APIReadReadingsRowRequest.newBuilder()
            .station(STATION)
            .day(DAY)
            .time(at(hour))
            .build());
  }

  private void creates() throws ApiException {
    ApiResponse<Outcomes> created =
        readings.insertReadingsWithHttpInfo(
            ReadingsApi.APIInsertReadingsRequest.newBuilder()
                .readingsInsert(
                    new ReadingsInsert()
                        .station(STATION)
                        .day(DAY)
                        .time(at(6))
                        .temperature("-11.30")
                        .windSpeed(9.5F)
                        .unit("celsius"))
                .build());
    equal(201, created.getStatusCode());
    equal(
        List.of("/v1/weather/readings/schauinsland/2026-11-24/2026-11-24T06%3A00%3A00.000Z"),
        created.getHeaders().get("location"));
  }

  private void readsByKey() throws ApiException {
    ReadingsRow row = read(6);
    equal(STATION, row.getStation());
    equal(at(6), row.getTime());
    equal("-11.30", row.getTemperature());
    equal(9.5F, row.getWindSpeed());
    equal("celsius", row.getUnit());
  }

  /** The typed call is for one row; the array that POST takes as well is sent without it. */
  private void writesManyRows() throws Exception {
    List<Object> rows = new ArrayList<>();
    for (int hour = 9; hour <= 18; hour += 3) {
      rows.add(
          new ReadingsInsert()
              .station(STATION)
              .day(DAY)
              .time(at(hour))
              .temperature(String.valueOf(-hour)));
    }
    rows.add(Map.of("station", STATION, "tempreature", 1));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(client.getBaseUri() + "/v1/weather/readings"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(client.getObjectMapper().writeValueAsString(rows)))
                    .build(),
                BodyHandlers.ofString());
    Outcomes outcomes = client.getObjectMapper().readValue(answer.body(), Outcomes.class);
    equal(4L, outcomes.getWritten());
    equal(1L, outcomes.getFailed());
    equal(4L, outcomes.getOutcomes().get(0).getIndex());
    equal("unknown-column", outcomes.getOutcomes().get(0).getError().getCode());
  }

  private void pagesToTheEnd() throws ApiException {
    List<Integer> pages = new ArrayList<>();
    List<OffsetDateTime> times = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      ApiResponse<List<ReadingsRow>> page =
          readings.listReadingsPartitionWithHttpInfo(
              ReadingsApi.APIListReadingsPartitionRequest.newBuilder()
                  .station(STATION)
                  .day(DAY)
                  .limit(2)
                  .after(after.orElse(null))
                  .build());
      pages.add(page.getData().size());
      page.getData().forEach(row -> times.add(row.getTime()));
      after =
          page.getHeaders().getOrDefault("link", List.of()).stream()
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(next -> next.group(1))
              .findFirst();
    } while (after.isPresent());
    equal(Stream.of(18, 15, 12, 9, 6).map(Scenario::at).toList(), times); // newest first
    equal(List.of(2, 2, 1), pages);
  }

  private void patch(String tag, ReadingsMerge change) throws ApiException {
    readings.mergeReadingsRow(
        ReadingsApi.APIMergeReadingsRowRequest.newBuilder()
            .station(STATION)
            .day(DAY)
            .time(at(6))
            .ifMatch(tag)
            .readingsMerge(change)
            .build());
  }

  private void changesOnACondition() throws Exception {
    String tag =
        readings
            .readReadingsRowWithHttpInfo(
                ReadingsApi.APIReadReadingsRowRequest.newBuilder()
                    .station(STATION)
                    .day(DAY)
                    .time(at(6))
                    .build())
            .getHeaders()
            .get("etag")
            .get(0);
    patch(tag, new ReadingsMerge().temperature("-11.5"));

    ReadingsConditionFailed failed =
        problem(
            412,
            ReadingsConditionFailed.class,
            () -> patch(tag, new ReadingsMerge().temperature("0")));
    equal("condition-failed", failed.getCode());
    equal("-11.5", failed.getCurrent().getTemperature());

    patch(failed.getEtag(), new ReadingsMerge().windSpeed(null));
    equal(null, read(6).getWindSpeed());
    equal("-11.5", read(6).getTemperature()); // what is not set is not sent
  }

  private void writesAllOrNone() throws ApiException {
    List<BatchOperation> operations =
        Stream.of(1, 2)
            .map(
                hour ->
                    Map.<String, Object>of(
                        "station", STATION, "day", "2026-11-25", "time", at(hour)))
            .map(row -> new BatchOperation().insert("/v1/weather/readings").row(row))
            .toList();
    equal(
        2L,
        new BatchApi(client)
            .writeBatch(
                BatchApi.APIWriteBatchRequest.newBuilder().batchOperation(operations).build())
            .getWritten());
  }

  private void changesParts() throws ApiException {
    StationsApi stations = new StationsApi(client);
    stations.mergeStationsRow(
        StationsApi.APIMergeStationsRowRequest.newBuilder()
            .station(STATION)
            .stationsMerge(
                new StationsMerge()
                    .instruments(List.of("barometer", "thermometer"))
                    .position(
                        new UdtWeatherPositionInput()
                            .latitude(47.912)
                            .longitude(7.898)
                            .altitude(1284)))
            .build());
    stations.mergeStationsRow(
        StationsApi.APIMergeStationsRowRequest.newBuilder()
            .station(STATION)
            .stationsMerge(
                new StationsMerge()
                    .contacts(
                        new MapTextTextChanges()
                            .$add(Map.of("mail", "2"))
                            .$remove(List.of("phone"))))
            .build());
    StationsRow read =
        stations.readStationsRow(
            StationsApi.APIReadStationsRowRequest.newBuilder().station(STATION).build());
    equal(List.of("barometer", "thermometer"), read.getInstruments());
    equal(Map.of("mail", "2"), read.getContacts());
    equal(1284, read.getPosition().getAltitude());
    equal(null, read.getName());

    VisitsApi visits = new VisitsApi(client);
    visits.mergeVisitsRow(
        VisitsApi.APIMergeVisitsRowRequest.newBuilder()
            .station(STATION)
            .day(DAY)
            .visitsMerge(new VisitsMerge().visitors(new CounterChanges().$inc("3")))
            .build());
    equal(
        "3",
        visits
            .readVisitsRow(
                VisitsApi.APIReadVisitsRowRequest.newBuilder().station(STATION).day(DAY).build())
            .getVisitors());
  }

  private void explainsAndDeletes() throws ApiException {
    Explanation explanation = delete(true);
    equal(
        "DELETE FROM weather.readings WHERE station = ? AND day = ? AND time = ?",
        explanation.getCql());
    equal("station", explanation.getValues().get(0).getName());
    equal(STATION, explanation.getValues().get(0).getValue());
    equal("celsius", read(6).getUnit());
    equal(null, delete(false));
  }

  private Explanation delete(boolean explain) throws ApiException {
    return readings.deleteReadingsRow(
        ReadingsApi.APIDeleteReadingsRowRequest.newBuilder()
            .station(STATION)
            .day(DAY)
            .time(at(6))
            .explain(explain)
            .build());
  }

  private void eachErrorIsOfItsType() throws Exception {
    equal("row-not-found", problem(404, Problem.class, () -> read(23)).getCode());

    Problem wrong =
        problem(
            400,
            Problem.class,
            () ->
                readings.listReadingsPartition(
                    ReadingsApi.APIListReadingsPartitionRequest.newBuilder()
                        .station(STATION)
                        .day(DAY)
                        .time(List.of("gte.yesterday"))
                        .build()));
    equal("invalid-value", wrong.getCode());
    equal("time", wrong.getColumn());

    equal("unauthenticated", forbidden(401, "mallory").getCode());
    Problem forbidden = forbidden(403, "alice");
    equal("forbidden", forbidden.getCode());
    equal(List.of("delete"), forbidden.getMissing());
  }

  /** What the caller with this key, who must not delete, is told. */
  private Problem forbidden(int status, String key) throws Exception {
    return problem(
        status,
        Problem.class,
        () ->
            readings.deleteReadingsRow(
                ReadingsApi.APIDeleteReadingsRowRequest.newBuilder()
                    .station(STATION)
                    .day(DAY)
                    .time(at(6))
                    .build(),
                Map.of("X-API-Key", key)));
  }

  /** A call that must fail. */
  private interface Call {
    void run() throws ApiException;
  }

  private <T> T problem(int status, Class<T> type, Call call) throws Exception {
    try {
      call.run();
    } catch (ApiException e) {
      equal(status, e.getCode());
      return client.getObjectMapper().readValue(e.getResponseBody(), type);
    }
    throw new AssertionError("it has not failed");
  }

  private static void equal(Object expected, Object got) {
    if (!Objects.equals(expected, got)) {
      throw new AssertionError("expected " + expected + ", got " + got);
    }
  }
}
