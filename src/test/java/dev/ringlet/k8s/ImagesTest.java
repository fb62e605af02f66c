package dev.ringlet.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What images are built of, and what their processes are started with. */
class ImagesTest {
  private static final Path DOCKER = Path.of("src/main/docker");

  /** Options of a native binary that a JVM has as well, and how it calls them. */
  private static final Map<String, String> OF_A_JVM =
      Map.of(
          "-R:MaxHeapSize=", "-Xmx",
          "-R:MaxNewSize=", "-Xmn",
          "-R:MaxDirectMemorySize=", "-XX:MaxDirectMemorySize=",
          "-R:+ExitOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError");

  private static List<String> options() throws IOException {
    return Files.readAllLines(DOCKER.resolve("jvm.options")).stream()
        .filter(line -> line.startsWith("-"))
        .toList();
  }

  private static List<String> ofNative() {
    String arguments = Application.here().value("quarkus.native.additional-build-args", "").strip();
    return Stream.of(arguments.split(",")).filter(option -> option.startsWith("-R:")).toList();
  }

  private static String value(Map<String, String> options, String name) {
    assertTrue(options.containsKey(name), name);
    return options.get(name);
  }

  /** Of these, each by its name: what is said after it. */
  private static Map<String, String> values(List<String> options) {
    Map<String, String> values = new TreeMap<>();
    for (String option : options) {
      var parts = Pattern.compile("(-Xm[a-z]|[^=]+=?)(.*)").matcher(option);
      assertTrue(parts.matches(), option);
      values.put(parts.group(1), parts.group(2));
    }
    return values;
  }

  @Test
  void aBinaryHasTheLimitsOfAJvm() throws IOException {
    Map<String, String> jvm = values(options());
    Map<String, String> binary = values(ofNative());
    assertEquals(OF_A_JVM.keySet(), binary.keySet());
    OF_A_JVM.forEach((name, same) -> assertEquals(value(jvm, same), value(binary, name), name));
  }

  /** Netty counts its buffers itself, and asks a JVM alone for the limit. */
  @Test
  void nettyOfABinaryKnowsTheLimitOfBuffers() throws IOException {
    int megabytes =
        Integer.parseInt(
            value(values(options()), "-XX:MaxDirectMemorySize=").replaceFirst("m$", ""));
    String entrypoint =
        "ENTRYPOINT [\"/app/ringlet\", \"-Dio.netty.maxDirectMemory=" + megabytes * 1024 * 1024;
    assertTrue(stage("Containerfile", "build", 1).contains(entrypoint + "\"]\n"));
    assertTrue(stage("Containerfile.scratch", "native", 0).contains(entrypoint + "\"]\n"));
  }

  @Test
  void mallocHasOneArenaInEachImage() throws IOException {
    for (String stage :
        List.of(
            stage("Containerfile", "build", 1),
            stage("Containerfile.jvm", "build", 1),
            stage("Containerfile.scratch", "native", 0),
            stage("Containerfile.scratch", "jvm", 0))) {
      assertTrue(stage.contains("MALLOC_ARENA_MAX=1\n"), stage);
    }
  }

  /** What makes the stage of this name, or the one that comes so many later. */
  private static String stage(String file, String name, int later) throws IOException {
    List<String> stages = List.of(Files.readString(DOCKER.resolve(file)).split("(?m)^(?=FROM )"));
    int named =
        IntStream.range(0, stages.size())
            .filter(i -> stages.get(i).lines().findFirst().orElse("").endsWith(" AS " + name))
            .findFirst()
            .orElseThrow();
    return stages.get(named + later);
  }

  /** Where an image is built, there is less than here. */
  @Test
  void theBuildNeedsNothingThatImagesAreNotBuiltFrom() throws Exception {
    var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    int read = 0;
    for (String tag : List.of("fileset", "dirset")) {
      var sets = pom.getElementsByTagName(tag);
      for (int i = 0; i < sets.getLength(); i++) {
        Element set = (Element) sets.item(i);
        String directory = set.getAttribute("dir");
        if (directory.startsWith("src/") || directory.startsWith("bench/")) {
          read++;
          assertTrue(
              isSent(directory) || set.getAttribute("erroronmissingdir").equals("false"),
              directory);
        }
      }
    }
    assertEquals(2, read, "they were found");
  }

  @Test
  void theSourcesAreSentAndNotTheTests() throws IOException {
    assertTrue(isSent("src/main/java"));
    assertFalse(isSent("src/test/java"));
    assertFalse(isSent("bench"));
  }

  /** Whether .dockerignore lets a path through: its last line that is about it decides. */
  private static boolean isSent(String path) throws IOException {
    boolean sent = true;
    for (String line : Files.readAllLines(Path.of(".dockerignore"))) {
      String pattern = line.replaceFirst("^!", "");
      if (pattern.equals("*") || path.equals(pattern) || path.startsWith(pattern + "/")) {
        sent = line.startsWith("!");
      }
    }
    return sent;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBinaryThatIsYoungerThanTheJarIsLaidOut(@TempDir Path project) throws Exception {
    Result result = layOut(project, 1);
    assertEquals("native\n", result.out());
    assertEquals("", result.err());
    assertEquals(0, result.code());
    assertTrue(Files.exists(project.resolve("target/image/app/ringlet")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBinaryThatIsOlderThanTheJarIsLeft(@TempDir Path project) throws Exception {
    Result result = layOut(project, -1);
    assertEquals(
        List.of(
            "target/ringlet-runner is older than target/quarkus-app/quarkus-run.jar: it is left",
            "a runtime"),
        result.err().lines().toList());
    assertFalse(Files.exists(project.resolve("target/image/app/ringlet")));
    assertTrue(Files.exists(project.resolve("target/image/app/quarkus-run.jar")));
  }

  private record Result(String out, String err, int code) {}

  /** With a binary so many seconds younger than the jar, and a JDK that makes no runtime. */
  private static Result layOut(Path project, int younger) throws Exception {
    Path script = project.resolve("src/main/docker/lay-out");
    Files.createDirectories(script.getParent());
    Files.copy(DOCKER.resolve("lay-out"), script);
    Path jar = project.resolve("target/quarkus-app/quarkus-run.jar");
    Files.createDirectories(jar.getParent());
    Files.createFile(jar);
    Path binary = project.resolve("target/ringlet-runner");
    Files.copy(Path.of("/bin/true"), binary);
    Files.setLastModifiedTime(
        binary, FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(younger)));
    Files.createFile(project.resolve("LICENSE"));
    Files.createFile(project.resolve("target/ringlet-cyclonedx.json"));
    Path jlink = project.resolve("jdk/bin/jlink");
    Files.createDirectories(jlink.getParent());
    Files.writeString(jlink, "#!/bin/sh\necho a runtime >&2\nexit 1\n");
    Files.setPosixFilePermissions(jlink, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path err = project.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", project.resolve("jdk").toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(out, Files.readString(err), process.waitFor());
  }
}
