package io.jenkins.plugins.sslmanager.engine.fuzz;

import java.util.List;

/**
 * Something of the engine that reads what others have written.
 *
 * @param seeds what it usually reads
 */
record ForeignReader(String name, List<byte[]> seeds, Reading reading) {

    /** May fail as foreseen, and in no other way. */
    @FunctionalInterface
    interface Reading {

        void read(byte[] text) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
