package dev.ringlet.identity;

/** A token is signed by a key that is not known; perhaps it is a new one. */
final class UnknownKey extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownKey() {
    super("unknown key", null, false, false);
  }
}
