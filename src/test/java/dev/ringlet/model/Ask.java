package dev.ringlet.model;

import java.util.List;
import java.util.Map;

/**
 * What is asked, before it is written as HTTP.
 *
 * @param form the name of its form, of which every run has many
 * @param path key values, in the order of the primary key
 * @param rows of the body, each a map of columns to texts and null
 */
record Ask(
    Form form,
    String method,
    Shape shape,
    List<String> path,
    List<Restriction> filters,
    List<String> select,
    List<Map<String, String>> rows,
    Condition condition) {

  /** The forms of a request. */
  enum Form {
    KEYSPACES,
    KEYSPACE,
    OPTIONS,
    ROW,
    HEAD,
    PATH,
    FILTER,
    SCAN,
    EXPLAIN,
    NDJSON_OUT,
    CSV_OUT,
    PAGE,
    /** A page with the token of another caller. */
    TOKEN,
    TAG,
    POST,
    PUT,
    PATCH,
    REPRESENTATION,
    ARRAY,
    ATOMIC,
    NDJSON,
    CSV,
    DELETE,
    OP_DELETE,
    OP_DELETE_MANY,
    COUNT,
    WRONG_METHOD
  }

  /** What a write depends on. */
  enum Condition {
    NONE,
    /** If-None-Match: *. */
    ABSENT,
    /** If-Match: *. */
    PRESENT,
    /** If-Match or, of a GET, If-None-Match, with the tag that the caller was given. */
    OWN_TAG,
    /** The same with the tag that one was given who sees all. */
    OTHERS_TAG
  }

  /** What the path says of the key. */
  Map<String, String> key() {
    return ReadOracle.key(shape, path);
  }

  Ask as(Form other) {
    return new Ask(other, method, shape, path, filters, select, rows, condition);
  }

  boolean hasTag() {
    return condition == Condition.OWN_TAG || condition == Condition.OTHERS_TAG;
  }

  boolean is(Form... forms) {
    return List.of(forms).contains(form);
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean deletesRows() {
    return is(Form.OP_DELETE, Form.OP_DELETE_MANY);
  }

  boolean hasManyRows() {
    return is(Form.ARRAY, Form.ATOMIC, Form.NDJSON, Form.CSV, Form.OP_DELETE_MANY);
  }

  boolean wantsRow() {
    return form == Form.REPRESENTATION;
  }
}
