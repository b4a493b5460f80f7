package io.jenkins.plugins.sslmanager.engine.simulation;

/** The password at the service, and what a controller has stored; each change makes another one. */
final class Passwords {

    private int atService;
    private int stored;

    void changeAtService() {
        atService++;
    }

    void storeTheNewOne() {
        stored++;
    }

    /** What whoever begins a request now has. */
    int stored() {
        return stored;
    }

    boolean isRight(int password) {
        return password == atService;
    }
}
