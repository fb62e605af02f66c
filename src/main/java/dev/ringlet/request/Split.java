package dev.ringlet.request;

/**
 * The {@code part}-th of {@code parts} equal parts of the token ring.
 *
 * @param part from 1
 */
public record Split(int part, int parts) {}
