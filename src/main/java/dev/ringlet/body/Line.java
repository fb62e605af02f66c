package dev.ringlet.body;

/**
 * A line of a body.
 *
 * @param number from 1
 * @param bytes without the line end; nothing of a line that is too long
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Line(int number, byte[] bytes, boolean tooLong) {}
