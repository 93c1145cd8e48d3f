package dev.tollgate.jmx;

/**
 * A method that takes permits.
 *
 * @param className its class, as in {@link Class#getName()}
 * @param method its name and parameter types, {@code send(String,int)}
 * @param loader the class's loader
 * @param limiter the limiter's name
 * @param note what a user may want to know about it, or empty
 */
public record WovenMethod(
    String className, String method, String loader, String limiter, String note) {}
