package dev.ringlet.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A request that ends with an error the caller is told about. Thrown where the fault is seen, by
 * any stage, and turned into a response in one place. It carries no stack trace: a 4xx is not a
 * defect of ours.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Characters of its texts, whatever they say: a client may have sent a megabyte of a name. */
  private static final int LONGEST = 1000;

  private final ErrorCode code;
  private final transient Map<String, Object> members;
  private final transient Optional<CompletionStage<?>> remedy;

  public ApiException(ErrorCode code, String detail) {
    this(code, detail, Map.of(), Optional.empty());
  }

  private ApiException(
      ErrorCode code,
      String detail,
      Map<String, Object> members,
      Optional<CompletionStage<?>> remedy) {
    super(Shown.of(detail, LONGEST), null, false, false);
    this.code = code;
    this.members = members;
    this.remedy = remedy;
  }

  /**
   * The same error with one more member in its problem document. A long string is cut.
   *
   * @param value a string, a number or a list of strings
   */
  public ApiException with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value instanceof String text ? Shown.of(text, LONGEST) : value);
    return new ApiException(code, getMessage(), Collections.unmodifiableMap(more), remedy);
  }

  /** The same error with what to do instead, for a person, if there is something to say. */
  public ApiException hint(Optional<String> hint) {
    return hint.map(text -> with("hint", text)).orElse(this);
  }

  /** The same error, which there may be none of any more when this has ended. */
  public ApiException remedied(CompletionStage<?> by) {
    return new ApiException(code, getMessage(), members, Optional.of(by));
  }

  public ErrorCode code() {
    return code;
  }

  /** What happened this time, for a person to read. */
  public String detail() {
    return getMessage();
  }

  /** Members of the problem document beside the standard ones, in order. */
  public Map<String, Object> members() {
    return members;
  }

  /** What is under way against it, and may be waited for. */
  public Optional<CompletionStage<?>> remedy() {
    return remedy;
  }
}
