package io.jenkins.plugins.sslmanager.deployment;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Keeps a password out of the log. It has letters, digits, dashes and underscores alone, so no shell writes it otherwise. */
final class PasswordMask extends ConsoleLogFilter implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Secret password;

    PasswordMask(Secret password) {
        this.password = password;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is inherited
    public OutputStream decorateLogger(@NonNull Run build, @NonNull OutputStream log) {
        String hidden = password.getPlainText();
        return new LineTransformationOutputStream.Delegating(log) {
            @Override
            protected void eol(byte[] bytes, int length) throws IOException {
                // Whatever the log's encoding is, this one keeps each byte as it is.
                String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                out.write(line.replace(hidden, "****").getBytes(StandardCharsets.ISO_8859_1));
            }
        };
    }
}
