package dev.tollgate.agent.link;

/** A method of the class in which a call site stands, by name and descriptor. */
public record SiteMethod(String name, String descriptor, boolean isStatic) {}
