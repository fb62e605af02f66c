package dev.ringlet.access;

/** Of a table or a materialized view: case-sensitive, without quotes. */
public record TableName(String keyspace, String table) {}
