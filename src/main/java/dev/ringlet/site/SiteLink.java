package dev.ringlet.site;

/**
 * A link of {@code /} to what not every Ringlet has.
 *
 * @param name what it is called there
 * @param path from the root
 */
public record SiteLink(String name, String path) {}
