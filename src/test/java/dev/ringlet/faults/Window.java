package dev.ringlet.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A window of Chromium, as somebody uses it who looks, types and clicks. */
final class Window implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Dimension DESK = new Dimension(1180, 860);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;

  private Window(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Opens it.
   *
   * @param profile a directory for what it remembers
   */
  static Window open(Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Browser.command("chromium").orElseThrow().toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--lang=en",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Browser.command("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    Window window = new Window(new ChromeDriver(service, options));
    window.size(DESK);
    return window;
  }

  private void size(Dimension size) {
    driver.manage().window().setSize(size);
  }

  /** Another page, also where only what is after the # differs. */
  void go(String url) {
    driver.get("about:blank");
    driver.get(url);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  void back() {
    driver.navigate().back();
  }

  /** The first element that fits, when it is there to be seen. */
  @CanIgnoreReturnValue
  WebElement see(String css) {
    return await()
        .atMost(PATIENCE)
        .alias(css)
        .ignoreExceptions()
        .until(() -> driver.findElement(By.cssSelector(css)), WebElement::isDisplayed);
  }

  /** The button or link with this text or label, in what is in front. */
  private WebElement named(String name) {
    return find(
        "[...front.querySelectorAll('button, a, summary')].find("
            + "(it) => it.textContent.trim() === wanted || it.ariaLabel === wanted)",
        name);
  }

  private WebElement find(String script, String wanted) {
    String front =
        "const wanted = arguments[0];"
            + " const front = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document; return ";
    return await()
        .atMost(PATIENCE)
        .alias(wanted)
        .until(() -> (WebElement) driver.executeScript(front + script, wanted), Objects::nonNull);
  }

  void click(String name) {
    await()
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(
            () -> {
              named(name).click();
              return true;
            });
  }

  /** Types into a field, found by its label, instead of what is there. */
  void fill(String label, String text) {
    WebElement field = labelled(label);
    field.clear();
    field.sendKeys(text);
  }

  /** Chooses from a list, found by its label. */
  void choose(String label, String choice) {
    labelled(label)
        .findElement(By.xpath("./option[.='%s']|.//option[.='%1$s']".formatted(choice)))
        .click();
  }

  /** The field that a label is of: the name of a column, too. */
  WebElement labelled(String label) {
    return find(
        "[...front.querySelectorAll('label, [aria-label]')].map((it) => it.tagName !== 'LABEL'"
            + " ? it.ariaLabel === wanted && it"
            + " : (it.querySelector('bdi') ?? it).textContent.trim() === wanted && it.control)"
            + ".find(Boolean)",
        label);
  }

  /** What the elements that fit say. */
  List<String> texts(String css) {
    Object texts =
        driver.executeScript(
            "return [...document.querySelectorAll(arguments[0])].map((it) => it.textContent)", css);
    return ((List<?>) texts).stream().map(String.class::cast).toList();
  }

  /** When what fits says this. */
  void awaitText(String css, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(text, String.join("|", texts(css)), css));
  }

  /** Which element has the focus: its text or label. */
  String focused() {
    WebElement element = driver.switchTo().activeElement();
    String label = element.getDomAttribute("aria-label");
    return label == null ? element.getText() : label;
  }

  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  boolean shows(String css) {
    try {
      return driver.findElement(By.cssSelector(css)).isDisplayed();
    } catch (NoSuchElementException | StaleElementReferenceException e) {
      return false;
    }
  }

  @CanIgnoreReturnValue
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** As wide as a phone, or as before. */
  void phone(boolean phone) {
    if (phone) {
      driver.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    } else {
      driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  /** Keeps what it looks like now, also for the documents that have this picture, if asked to. */
  void picture(String name) {
    try {
      Files.createDirectories(PICTURES);
      Path file = PICTURES.resolve(name + ".png");
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
      Path shown = Path.of("docs", "images", name + ".png");
      if (Boolean.getBoolean("screenshots") && Files.exists(shown)) {
        Picture.keep(file, shown);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the console has said since it was asked last. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** The addresses that were asked for since it was asked last. */
  List<String> requests() {
    List<String> urls = new ArrayList<>();
    for (var entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
      JsonNode message = json(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        urls.add(message.at("/params/request/url").asText());
      }
    }
    return urls;
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
