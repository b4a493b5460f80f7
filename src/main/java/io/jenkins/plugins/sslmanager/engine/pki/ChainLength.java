package io.jenkins.plugins.sslmanager.engine.pki;

/** Which of two valid chains is taken: authorities are often vouched for by older ones, too. */
public enum ChainLength {
    /** With the cross-signed certificate of a younger root, so that clients which know only the older one are served. */
    LONGEST,
    /** Less to send at each handshake, for clients that know the younger root. */
    SHORTEST
}
