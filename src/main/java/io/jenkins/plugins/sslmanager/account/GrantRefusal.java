package io.jenkins.plugins.sslmanager.account;

import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.io.Serial;

/** No grant allows what a job wants. */
public final class GrantRefusal extends NotPermittedException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message says nothing of accounts and certificates that the job may not even get */
    GrantRefusal(String message) {
        super(message + " An administrator sees what is missing in Manage Jenkins » SSL Manager grants");
    }
}
