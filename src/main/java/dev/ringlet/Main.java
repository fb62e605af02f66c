package dev.ringlet;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;

/** Where the process begins. */
@QuarkusMain
public final class Main {
  /**
   * Seconds that a name's address is remembered; the JDK's own are thirty, and ten if there is
   * none.
   */
  private static final String REMEMBERED = "2";

  /** Quarkus makes a bean of it. */
  Main() {}

  /**
   * The JDK reads these settings once, at the first name that is looked up; a native binary has
   * what they were when it was built (application.properties).
   */
  public static void main(String... arguments) {
    Security.setProperty("networkaddress.cache.ttl", REMEMBERED);
    Security.setProperty("networkaddress.cache.negative.ttl", REMEMBERED);
    Quarkus.run(arguments);
  }
}
