package dev.tollgate.jmx;

/**
 * Something that an annotation or the configuration asks for and does not get.
 *
 * @param className the class, as in {@link Class#getName()}
 * @param method its name and parameter types, {@code send(String,int)}; empty for the class itself
 * @param why what is wrong and what would be right
 */
public record MissedMethod(String className, String method, String why) {}
