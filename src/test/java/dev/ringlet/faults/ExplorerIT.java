package dev.ringlet.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringlet.local.Packaged;
import dev.ringlet.local.TestCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The explorer in Chromium, as a newcomer uses it. */
@Tag("faults")
class ExplorerIT {
  private static final String CONTACT_POINT = "127.0.0.1:" + TestCassandra.port();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Looks like markup, ends a string, turns the direction, breaks the line. */
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='hacked'\">'\"`${1}\\ \u202egnp\u2069\n<script>x</script>";

  private static final Path PAGE = Path.of("src/main/resources/site/explorer");
  private static final int MOST_LINES = 1500;
  private static final int MOST_BYTES = 60_000;

  @TempDir static Path directory;
  private static Packaged ringlet;
  private static Window window;
  private static CqlSession cassandra;

  @BeforeAll
  static void start() {
    Browser.require();
    Browser.require("chromedriver");
    ringlet =
        Packaged.start(
            "explorer", CONTACT_POINT, Map.of("RINGLET_EXPLORER", "true", "RINGLET_SCAN", "*"));
    cassandra = ClusterDriver.open(CONTACT_POINT);
    makeTables();
    ringlet.awaitReady();
    window = Window.open(directory.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (window != null) {
      window.close();
    }
    if (cassandra != null) {
      cassandra.execute("DROP KEYSPACE IF EXISTS atelier");
      cassandra.execute("DROP KEYSPACE IF EXISTS maps");
      cassandra.close();
    }
    if (ringlet != null) {
      ringlet.close();
    }
  }

  private static void makeTables() {
    for (String cql :
        List.of(
            "DROP KEYSPACE IF EXISTS atelier",
            "CREATE KEYSPACE atelier WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
            "CREATE TABLE atelier.rings (drawer text, number int, name text, price decimal, stock int, tags set<text>,"
                + " PRIMARY KEY (drawer, number)) WITH comment = 'what is in the drawers'",
            "CREATE TABLE atelier.weights (balance text, at timestamp, grams double, PRIMARY KEY (balance, at))",
            "CREATE TYPE atelier.\"<b>\" (\"a'\"\"<i>\" text)",
            "CREATE TABLE atelier.hostile (k text PRIMARY KEY, \"<img src=x onerror=alert(1)>\" text, \"__proto__\" text,"
                + " \"quote\"\"d\" text, \"two\nlines\" text, \"\u202ertl\" text, u frozen<\"<b>\">, m map<text, text>)",
            "CREATE TABLE atelier.wide (k int PRIMARY KEY, "
                + IntStream.range(0, 1000)
                    .mapToObj(i -> "c%03d int".formatted(i))
                    .collect(Collectors.joining(", "))
                + ")",
            "CREATE TABLE atelier.large (k text PRIMARY KEY, v text)",
            "CREATE TABLE atelier.cuts (drawer text, number int, side int, \"a,b\" text, m map<text, text>,"
                + " PRIMARY KEY (drawer, number, side))",
            "CREATE TABLE atelier.drawers (room text, drawer text, colour text static, height int static,"
                + " PRIMARY KEY (room, drawer))",
            "CREATE TYPE atelier.size (width int, height int)",
            "CREATE TABLE atelier.stones (name text PRIMARY KEY, size size)",
            "CREATE TABLE atelier.angles (ring text, angle double, note text, PRIMARY KEY (ring, angle))",
            "CREATE TABLE atelier.places (place frozen<tuple<double, double>> PRIMARY KEY, note text)",
            "DROP KEYSPACE IF EXISTS maps",
            "CREATE KEYSPACE maps WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
            "CREATE TYPE maps.point (x int)",
            "CREATE TABLE maps.points (k int PRIMARY KEY, point frozen<point>)")) {
      cassandra.execute(cql);
    }
    cassandra.execute(
        "INSERT INTO atelier.hostile (k, \"<img src=x onerror=alert(1)>\", \"__proto__\", m) VALUES (?, ?, ?, ?)",
        HOSTILE,
        HOSTILE,
        "no prototype",
        Map.of(HOSTILE, HOSTILE));
    cassandra.execute("INSERT INTO atelier.wide (k, c000, c999) VALUES (1, 0, 999)");
    cassandra.execute("INSERT INTO atelier.large (k, v) VALUES ('a', ?)", "x".repeat(1_000_000));
    for (int i = 0; i < 24; i++) {
      cassandra.execute(
          "INSERT INTO atelier.weights (balance, at, grams) VALUES ('fine', '2026-11-22T%02d:00:00Z', %s)"
              .formatted(i, 40 + 8 * Math.sin(i / 3.0)));
    }
  }

  @BeforeEach
  void begin() {
    cassandra.execute("TRUNCATE atelier.rings");
    for (int i = 1; i <= 120; i++) {
      cassandra.execute(
          "INSERT INTO atelier.rings (drawer, number, name, price, stock, tags) VALUES ('top', %d, 'ring %1$d', %1$d.50, %1$d, {'gold'})"
              .formatted(i));
    }
    window.run("window.stop()");
    var unused = window.console();
    unused = window.requests();
  }

  /** No error but those of answers that are expected, and nothing of anybody else. */
  @AfterEach
  void nothingElseWasAskedForOrComplainedOf() {
    if (window == null) {
      return;
    }
    List<String> complaints =
        window.console().stream()
            .filter(
                line -> !line.matches("(?s).*the server responded with a status of 4(00|01|12) .*"))
            .toList();
    assertEquals(List.of(), complaints);
    String own = ringlet.uri("").toString();
    List<String> others =
        window.requests().stream()
            .filter(url -> !url.startsWith(own) && !url.equals("about:blank"))
            .toList();
    assertEquals(List.of(), others);
  }

  private static void open(String address) {
    window.go(ringlet.uri("/").toString() + address);
  }

  private static Row ring(int number) {
    return cassandra
        .execute("SELECT * FROM atelier.rings WHERE drawer = 'top' AND number = " + number)
        .one();
  }

  /** What the page says in its block with this heading. */
  private static String block(String heading) {
    Object text =
        window.run(
            "return [...document.querySelectorAll('.code')].find((it) => it.firstChild.textContent === arguments[0])"
                + "?.querySelector('pre').textContent ?? ''",
            heading);
    return text.toString();
  }

  private static String shell(String line) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", line.replaceFirst("^curl", "curl -s")).start();
    String answer = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, shell.waitFor(), line);
    return answer;
  }

  @Test
  void aNewcomerSeesTheSamplesAndClicksAQuestionTogether() throws Exception {
    open("");
    window.see("main h1");
    assertTrue(window.texts("#tree a").containsAll(List.of("my_table", "orders", "readings")));
    window.picture("explorer-tables");
    window.fill("Filter tables", "weather.readings");
    window.click("readings");
    window.see("main tbody tr");
    assertTrue(window.address().endsWith("#/weather/readings?limit=50&scan=true"));
    assertEquals("stationtext|daydate", String.join("|", window.texts(".key .partition_key")));
    assertEquals("time↓timestamp", String.join("|", window.texts(".key .clustering")));
    window.fill("station", "zugspitze");
    window.fill("day", "2026-11-22");
    window.choose("Operator for time", "≥");
    window.fill("time", "2026-11-22T10:00:00Z");
    window.choose("Order", "reversed");
    window.labelled("Scan the table").click();
    window.click("Run");
    await().until(() -> window.address().contains("/zugspitze/"));
    window.awaitText("tbody th[scope=row] button", "1|2");
    await().until(() -> !block("CQL").isEmpty());
    assertEquals(
        "SELECT station, day, time, temperature, wind_speed, unit FROM weather.readings"
            + " WHERE station = ? AND day = ? AND time >= ? ORDER BY time ASC",
        block("CQL"));
    JsonNode rows = MAPPER.readTree(shell(block("curl")));
    assertEquals(
        List.of("2026-11-22T12:00:00.000Z", "2026-11-22T18:00:00.000Z"),
        rows.findValuesAsText("time"));
    assertEquals(List.of("-7.25", "-9.0"), window.texts("tbody td:nth-child(5)"));
    window.picture("explorer-question");
    window.back();
    await().until(() -> window.address().endsWith("scan=true"));
    window.see("tbody tr");
  }

  @Test
  void pagesAreTurnedToTheEndAndBack() {
    open("#/atelier/rings/top?limit=50");
    window.awaitText(".facts strong", "50 rows, and there are more");
    window.click("Next page");
    await().until(() -> window.texts("tbody td:nth-child(3)").contains("51"));
    window.click("Next page");
    window.awaitText(".facts strong", "20 rows");
    assertFalse(window.shows("a[rel=next]"));
    window.back();
    await().until(() -> window.texts("tbody td:nth-child(3)").contains("51"));
    window.click("First page");
    await().until(() -> window.texts("tbody td:nth-child(3)").contains("1"));
  }

  @Test
  void rowsAreCountedAndGrouped() {
    open("#/atelier/rings/top");
    window.see("tbody tr");
    window.choose("Show", "number of rows");
    window.click("Run");
    window.awaitText(".grid td", "120");
    window.choose("Show", "summary of stock");
    window.choose("by", "drawer");
    window.click("Run");
    window.awaitText(".grid td", "120|1|120|60");
  }

  @Test
  void aRowIsChangedOnlyIfNobodyElseHas() {
    open("#/atelier/rings/top?limit=5");
    window.click("Open row 2");
    window.fill("name", "signet");
    window.picture("explorer-row");
    window.click("Save");
    await().until(() -> !window.shows("dialog"));
    window.awaitText("tbody tr:nth-child(2) td:nth-child(4)", "signet");
    assertEquals("signet", ring(2).getString("name"));
    assertEquals(2, ring(2).getInt("stock"));

    window.click("Open row 3");
    window.fill("name", "wedding ring");
    cassandra.execute(
        "UPDATE atelier.rings SET name = 'engagement ring', stock = 7 WHERE drawer = 'top' AND number = 3");
    window.click("Save");
    window.see(".conflict");
    assertEquals(
        List.of("was ring 3, is now engagement ringTake what is there", "was 3, is now 7"),
        window.texts(".marked .note"));
    assertEquals("engagement ring", ring(3).getString("name"));
    window.picture("explorer-conflict");
    window.click("Save");
    await().until(() -> !window.shows("dialog"));
    assertEquals("wedding ring", ring(3).getString("name"));
    assertEquals(7, ring(3).getInt("stock"));
  }

  private static String drawers() {
    return cassandra
        .execute("SELECT JSON * FROM atelier.drawers WHERE room = 'hall'")
        .one()
        .getString(0);
  }

  private static void save() {
    window.click("Save");
    await().until(() -> !window.shows("dialog"));
  }

  @Test
  void staticColumnsAreChangedWhereThereAreNoOthersButNotOverOthersChanges() {
    cassandra.execute("INSERT INTO atelier.drawers (room, drawer) VALUES ('hall', 'top')");
    cassandra.execute("UPDATE atelier.drawers SET colour = 'red' WHERE room = 'hall'");
    open("#/atelier/drawers/hall?limit=5");
    window.click("Open row 1");
    window.fill("height", "3");
    save();
    String red = "{\"room\": \"hall\", \"drawer\": \"top\", \"colour\": \"red\", \"height\": 3}";
    assertEquals(red, drawers());

    window.click("Open row 1");
    window.fill("colour", "blue");
    cassandra.execute("UPDATE atelier.drawers SET height = 4 WHERE room = 'hall'");
    save();
    assertEquals(red.replace("red", "blue").replace("3", "4"), drawers());

    window.click("Open row 1");
    window.fill("colour", "white");
    cassandra.execute("UPDATE atelier.drawers SET colour = 'green' WHERE room = 'hall'");
    window.click("Save");
    window.see("dialog .problem");
    assertTrue(window.texts("dialog .problem").get(0).contains("condition-failed"));
    assertEquals(red.replace("red", "green").replace("3", "4"), drawers());
    window.click("Cancel");

    window.click("Open row 1");
    window.click("Delete");
    window.click("Delete it");
    await().until(() -> !window.shows("dialog"));
    assertTrue(drawers().contains("\"drawer\": null"), drawers());
  }

  @Test
  void aFieldThatIsTakenOutOfAUdtIsGone() {
    cassandra.execute(
        "INSERT INTO atelier.stones (name, size) VALUES ('opal', {width: 1, height: 2})");
    open("#/atelier/stones/opal");
    window.click("Open row 1");
    window.fill("size", "{\"width\": 5}");
    save();
    assertEquals(
        "{\"name\": \"opal\", \"size\": {\"width\": 5, \"height\": null}}",
        cassandra.execute("SELECT JSON * FROM atelier.stones").one().getString(0));
  }

  @Test
  void minusZeroIsAKeyOfItsOwn() {
    for (String zero : List.of("-0.0", "0.0")) {
      cassandra.execute("INSERT INTO atelier.angles (ring, angle) VALUES ('a', " + zero + ")");
      cassandra.execute("INSERT INTO atelier.places (place) VALUES ((1.5, " + zero + "))");
    }
    open("#/atelier/angles/a?limit=5");
    window.awaitText(".grid td:nth-child(3)", "-0.0|0");
    noteAt("-0.0", 3);
    open("#/atelier/places?limit=5&scan=true");
    window.see("tbody tr");
    noteAt("[1.5,-0.0]", 2);
    for (String cql :
        List.of(
            "SELECT note FROM atelier.angles WHERE ring = 'a' AND angle = ",
            "SELECT note FROM atelier.places WHERE place = (1.5, ")) {
      String end = cql.endsWith("(1.5, ") ? ")" : "";
      assertEquals("below", cassandra.execute(cql + "-0.0" + end).one().getString(0));
      assertTrue(cassandra.execute(cql + "0.0" + end).one().isNull(0), cql);
    }
  }

  private static void noteAt(String key, int cell) {
    int row = window.texts(".grid td:nth-child(" + cell + ")").indexOf(key);
    window.click("Open row " + (row + 1));
    window.fill("note", "below");
    save();
  }

  @Test
  void aTextKeepsItsLineEnds() {
    cassandra.execute("INSERT INTO atelier.large (k, v) VALUES ('lines', 'a\r\nb')");
    open("#/atelier/large/lines");
    window.click("Open row 1");
    window.fill("v", "c\nd\n");
    save();
    assertEquals(
        "c\r\nd\r\n",
        cassandra.execute("SELECT v FROM atelier.large WHERE k = 'lines'").one().getString(0));
  }

  /** The first that has been asked of a table since it was asked last. */
  private static String asked() {
    List<String> asked = new ArrayList<>();
    await()
        .until(
            () -> {
              window.requests().stream()
                  .filter(url -> url.matches(".*/v1/\\w+/.*") && !url.contains("explain=true"))
                  .forEach(asked::add);
              return !asked.isEmpty();
            });
    return asked.get(0);
  }

  @Test
  void runAsksWhatTheAddressAsks() {
    for (String question :
        List.of(
            "rings?drawer=eq.&limit=5",
            "rings?drawer=gte.b&limit=5&scan=true",
            "rings?limit=5&scan=true&split=1%2F2",
            "rings?select=drawer&limit=5&scan=true&distinct=true",
            "rings/top?select=what:name&limit=5",
            "cuts/top?order=number.desc&limit=5",
            "cuts/top?select=number,%22a,b%22&limit=5",
            "cuts/top?m%5Bx%5D=eq.y&limit=5&scan=true")) {
      open("#/atelier/" + question);
      assertEquals(ringlet.uri("/v1/atelier/" + question).toString(), asked());
      window.see("section .facts, section .problem");
      window.click("Run");
      assertEquals(ringlet.uri("/v1/atelier/" + question).toString(), asked());
    }
  }

  @Test
  void theLineForAShellAsksForAPartOfAColumn() throws Exception {
    open("#/atelier/cuts/top?m[x]=eq.y&limit=5&scan=true");
    window.awaitText(".facts strong", "0 rows");
    assertEquals("[]", shell(block("curl")).strip());
  }

  @Test
  void aUdtIsNoMapWhateverItsKeyspaceIsCalled() {
    open("#/maps/points?limit=5&scan=true");
    window.see("#run");
    window.choose("Add a filter on a column", "point");
    window.awaitText("[aria-label='Operator for point'] option", "=");
  }

  @Test
  void nullEmptyAndLeftOutAreThreeThings() {
    open("#/atelier/rings/top?limit=5");
    window.click("Add row");
    window.fill("drawer", "top");
    window.fill("number", "500");
    window.choose("What becomes of name", "value");
    window.choose("What becomes of price", "null");
    window.fill("tags", "[\"a\", \"<b>\"]");
    window.click("Add");
    await().until(() -> !window.shows("dialog"));
    assertEquals("", ring(500).getString("name"));
    assertTrue(ring(500).isNull("price") && ring(500).isNull("stock"));
    assertEquals(Set.of("a", "<b>"), ring(500).getSet("tags", String.class));
    window.click("Add row");
    window.fill("drawer", "top");
    window.fill("number", "500");
    window.fill("stock", "many");
    window.click("Add");
    window.see("dialog [aria-invalid]");
    assertTrue(window.texts("dialog .marked .note").get(0).contains("stock"));
    window.fill("stock", "1");
    window.click("Add");
    window.see("dialog .problem");
    assertTrue(ring(500).isNull("stock"));
  }

  @Test
  void whatWasTypedIsNotLostByEscape() {
    open("#/atelier/rings/top?limit=5");
    window.click("Open row 4");
    window.fill("name", "a long story");
    window.press(Keys.ESCAPE);
    window.awaitText("dialog > div > .muted", "This is not saved. Cancel discards it.");
    window.click("Cancel");
    await().until(() -> !window.shows("dialog"));
    window.click("Open row 4");
    window.see("dialog .fields");
    window.press(Keys.ESCAPE);
    await().until(() -> !window.shows("dialog"));
  }

  @Test
  void aRowIsDeletedByKeyboardAlone() {
    open("#/atelier/rings/top?limit=5");
    window.see("tbody button").sendKeys(Keys.ARROW_DOWN);
    assertEquals("Open row 2", window.focused());
    window.press(Keys.ENTER);
    window.see("dialog .fields");
    for (int i = 0; i < 30 && !window.focused().equals("Delete"); i++) {
      window.press(Keys.TAB);
    }
    assertEquals("Delete", window.focused());
    window.press(Keys.ENTER);
    assertEquals("Keep it", window.focused());
    window.press(Keys.chord(Keys.SHIFT, Keys.TAB));
    assertEquals("Delete it", window.focused());
    window.press(Keys.ENTER);
    await().until(() -> !window.shows("dialog"));
    window.awaitText(".grid td:nth-child(3)", "1|3|4|5|6");
    assertEquals(null, ring(2));
  }

  @Test
  void aFileIsLoadedAndSaysWhichRowsFailed() throws IOException {
    Path file = directory.resolve("rings.csv");
    String rows =
        IntStream.range(1000, 6000)
            .mapToObj(i -> "loaded,%d,\"a ring,\n\"\"number\"\" %1$d\",%1$d.25\n".formatted(i))
            .collect(Collectors.joining());
    Files.writeString(
        file, "drawer,number,name,price\nloaded,one,bad,1\n" + rows + "loaded,2,\"bad\",1,1\n");
    load(file);
    window.awaitText("dialog [role=status]", "Done: 5,000 written, 2 failed");
    assertEquals(List.of("2", "10003"), window.texts("dialog td:first-child"));
    assertEquals(List.of("number", ""), window.texts("dialog td:nth-child(2)"));
    window.picture("explorer-load");
    window.click("Close");
    assertEquals(
        5000,
        cassandra
            .execute("SELECT count(*) FROM atelier.rings WHERE drawer = 'loaded'")
            .one()
            .getLong(0));
    assertEquals(
        "a ring,\n\"number\" 5999",
        cassandra
            .execute("SELECT name FROM atelier.rings WHERE drawer = 'loaded' AND number = 5999")
            .one()
            .getString(0));
  }

  @Test
  void loadingIsStopped() throws IOException {
    Path file = directory.resolve("endless.csv");
    String rows =
        IntStream.range(0, 200_000)
            .mapToObj("stopped,%d\n"::formatted)
            .collect(Collectors.joining());
    Files.writeString(file, "drawer,number\n" + rows);
    load(file);
    window.click("Stop");
    await()
        .untilAsserted(
            () -> assertTrue(window.texts("dialog [role=status]").get(0).startsWith("Stopped: ")));
    window.click("Close");
    await().until(() -> !window.shows("dialog"));
  }

  private void load(Path file) {
    open("#/atelier/rings/top?limit=5");
    window.click("Load CSV");
    window.labelled("File").sendKeys(file.toString());
    window.see(".preview pre");
    window.click("Load");
  }

  @Test
  void aNumberIsDrawnOverATime() {
    open("#/atelier/weights/fine?limit=50");
    window.click("Plot");
    window.see(".plot svg");
    assertEquals(24, window.texts(".plot .point").size());
    assertTrue(window.address().endsWith("#at,grams"));
    window.picture("explorer-plot");
    window.dark(true);
    window.picture("explorer-dark");
    window.dark(false);
    window.click("Rows");
    window.see("tbody tr");
  }

  @Test
  void aPhoneIsWideEnough() {
    window.phone(true);
    try {
      open("#/weather/readings/zugspitze/2026-11-22?limit=50");
      window.see("tbody tr");
      assertEquals(360L, window.run("return document.documentElement.scrollWidth"));
      window.picture("explorer-phone");
      window.click("Open row 1");
      window.see("dialog .fields");
      assertEquals(360L, window.run("return document.documentElement.scrollWidth"));
      window.picture("explorer-phone-row");
    } finally {
      window.phone(false);
    }
  }

  @Test
  void whatLooksLikeMarkupIsText() {
    open("#/atelier/hostile?limit=5&scan=true");
    window.see("tbody tr");
    assertTrue(
        window
            .texts("thead bdi")
            .containsAll(
                List.of("<img src=x onerror=alert(1)>", "__proto__", "two\nlines", "quote\"d")));
    assertTrue(
        window.texts("tbody td").stream().anyMatch(cell -> cell.startsWith("<img src=x onerror=")));
    assertTrue(window.texts("tbody td").contains("no prototype"));
    window.click("Open row 1");
    window.fill("__proto__", HOSTILE.replace("\u202e", "").replace("\n", " "));
    window.click("Save");
    await().until(() -> !window.shows("dialog"));
    assertEquals(0, window.texts("main img, main script").size());
    assertEquals(
        HOSTILE.replace("\u202e", "").replace("\n", " "),
        cassandra.execute("SELECT \"__proto__\" FROM atelier.hostile").one().getString(0));
    window.choose("Add a filter on a column", "quote\"d");
    window.fill("quote\"d", HOSTILE.replace("\n", " "));
    window.click("Run");
    window.awaitText(".facts strong", "0 rows");
  }

  @Test
  void aThousandColumnsAndAMegabyteAreShown() {
    open("#/atelier/wide?limit=5&scan=true");
    window.see("tbody tr");
    window.click("Columns ›");
    window.awaitText(".windows span", "41–80 of 1000, besides the key");
    window.click("Open row 1");
    window.see("dialog .fields");
    window.fill("c500", "5");
    window.click("Save");
    await().until(() -> !window.shows("dialog"));
    assertEquals(5, cassandra.execute("SELECT c500 FROM atelier.wide").one().getInt(0));
    open("#/atelier/large/a");
    window.see("tbody tr");
    assertTrue(window.texts("tbody td").get(1).length() < 200);
    window.click("Open row 1");
    window.see("dialog .fields");
    Object length = window.run("return document.querySelector('dialog #field-1').value.length");
    assertEquals(1_000_000L, length);
  }

  @Test
  void anErrorSaysWhatIsWrongAtItsField() {
    open("#/weather/readings/zugspitze?limit=50");
    window.see(".problem");
    assertTrue(window.texts(".problem").get(0).contains("partition-key-required"));
    open("#/weather/readings/zugspitze/2026-22-11?limit=50");
    window.see(".condition [aria-invalid]");
    assertEquals(
        "day", window.run("return document.querySelector('[aria-invalid]').labels[0].textContent"));
  }

  @Test
  void itIsSmall() throws IOException {
    try (Stream<Path> files = Files.list(PAGE)) {
      List<String> all = files.map(ExplorerIT::content).toList();
      long lines = all.stream().flatMap(String::lines).count();
      int bytes = all.stream().mapToInt(content -> content.getBytes(UTF_8).length).sum();
      assertTrue(lines < MOST_LINES && bytes < MOST_BYTES, lines + " lines, " + bytes + " bytes");
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
