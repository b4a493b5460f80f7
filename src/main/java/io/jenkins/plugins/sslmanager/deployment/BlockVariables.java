package io.jenkins.plugins.sslmanager.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.util.Secret;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** What the block of a deployment finds in its environment. */
final class BlockVariables extends EnvironmentExpander {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PASSWORD = "SSL_KEYSTORE_PASSWORD";

    private final LinkedHashMap<String, String> files;

    @CheckForNull
    private final Secret password;

    /** @param password of the key store; null for no key store */
    BlockVariables(Map<String, String> files, @CheckForNull Secret password) {
        this.files = new LinkedHashMap<>(files);
        this.password = password;
    }

    @Override
    public void expand(@NonNull EnvVars env) {
        files.forEach(env::override);
        if (password != null) {
            env.override(PASSWORD, password.getPlainText());
        }
    }

    /** Jenkins warns where one of these is put into a script by Groovy. */
    @NonNull
    @Override
    public Set<String> getSensitiveVariables() {
        return password == null ? Set.of() : Set.of(PASSWORD);
    }
}
