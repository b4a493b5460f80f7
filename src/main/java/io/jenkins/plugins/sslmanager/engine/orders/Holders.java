package io.jenkins.plugins.sslmanager.engine.orders;

/** Tells who of those that work on orders still lives. */
@FunctionalInterface
public interface Holders {

    /**
     * Whether it is certain that this execution does nothing any more. Where that cannot be told, such as soon after a start,
     * the answer is no.
     */
    boolean isOver(Holder holder);
}
