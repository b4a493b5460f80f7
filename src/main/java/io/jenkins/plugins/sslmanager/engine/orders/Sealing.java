package io.jenkins.plugins.sslmanager.engine.orders;

/** Keeps what is written to the disk from everybody who has the files alone. */
public interface Sealing {

    /**
     * @param record the id of the record that it goes into; it opens with that id alone
     * @throws OrderBookException of the kind DAMAGED if the sealing key is missing or not the one of this book
     */
    byte[] seal(String record, byte[] plain);

    /**
     * @throws OrderBookException of the kind DAMAGED if the sealing key is missing or not the one of this book, or if this was
     *     not sealed for that record
     */
    byte[] open(String record, byte[] sealed);

    /** @throws OrderBookException of the kind DAMAGED if nothing can be sealed or opened at the moment */
    void requireUsable();
}
