package io.jenkins.plugins.sslmanager.engine.pki;

/** What the files of a certificate are called where nobody chooses other names. */
public final class UsualFileNames {

    public static final String LEAF = "leaf.pem";
    public static final String CHAIN = "chain.pem";
    public static final String FULLCHAIN = "fullchain.pem";
    public static final String ROOT = "root.pem";
    public static final String KEY = "key.pem";

    private UsualFileNames() {}
}
