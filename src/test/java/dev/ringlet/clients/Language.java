package dev.ringlet.clients;

import static dev.ringlet.clients.Programs.BUILT;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a client is generated in, compiled and run, in a directory of its own. */
enum Language {
  TYPESCRIPT("TypeScript", "-g typescript-fetch --additional-properties=importFileExtension=.js") {
    @Override
    String file(String program) {
      return program.toLowerCase(Locale.ROOT) + ".ts";
    }

    @Override
    void compile(Path directory) throws Exception {
      Files.copy(sources().resolve(SETTINGS), directory.resolve(SETTINGS));
      Programs.run(directory, "node", BUILT + "/node_modules/typescript/bin/tsc");
    }

    @Override
    String run(Path directory, String program, String... arguments) throws Exception {
      String script = "out/" + file(program).replaceFirst("ts$", "js");
      return Programs.run(directory, Programs.words(List.of("node", script), List.of(arguments)));
    }
  },

  JAVA("Java", "-g java --library native --additional-properties=useJakartaEe=true") {
    @Override
    String file(String program) {
      return program + ".java";
    }

    @Override
    void compile(Path directory) throws Exception {
      List<String> command =
          new ArrayList<>(
              List.of(Programs.jdk("javac"), "-proc:none", "-nowarn", "-d", "out", "-cp", JARS));
      try (Stream<Path> files =
          Stream.concat(Files.list(directory), Files.walk(directory.resolve("client/src/main")))) {
        files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
      }
      Programs.run(directory, command.toArray(String[]::new));
    }

    @Override
    String run(Path directory, String program, String... arguments) throws Exception {
      List<String> java = List.of(Programs.jdk("java"), "-cp", "out:" + JARS, program);
      return Programs.run(directory, Programs.words(java, List.of(arguments)));
    }
  };

  private static final String JARS = BUILT.resolve("jars") + "/*";
  private static final String SETTINGS = "tsconfig.json";

  private final String title;
  private final String generator;

  Language(String title, String generator) {
    this.title = title;
    this.generator = generator;
  }

  /** How people write it. */
  String title() {
    return title;
  }

  /** What openapi-generator must be told to write it. */
  String generator() {
    return generator;
  }

  Path sources() {
    return Programs.SOURCES.resolve(name().toLowerCase(Locale.ROOT));
  }

  /** The name of a program's source file. */
  abstract String file(String program);

  /** Compiles what is generated, and what is beside it. */
  abstract void compile(Path directory) throws Exception;

  /** What a program prints that was compiled; it must end well. */
  @CanIgnoreReturnValue
  abstract String run(Path directory, String program, String... arguments) throws Exception;
}
