package io.jenkins.plugins.sslmanager.account;

import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the service something harmless while somebody waits at the form: once, and not for long. */
final class ConnectionCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final TransportLimits ONCE = new TransportLimits(
            PATIENCE,
            PATIENCE,
            TransportLimits.STANDARD.maxAnswerBytes(),
            1,
            TransportLimits.STANDARD.firstPause(),
            TransportLimits.STANDARD.maxPause(),
            TransportLimits.STANDARD.requestsPerSecond());

    private ConnectionCheck() {}

    static FormValidation of(Protocol protocol, ServiceAccount account) {
        try {
            Connections.get()
                    .connectForPerson(protocol, account, ONCE)
                    .hello()
                    .get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
            return FormValidation.ok(Messages.ConnectionCheck_ok(account.user(), account.context()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException failure) {
                return FormValidation.error(failure.getMessage());
            }
            return FormValidation.error(e.getCause(), Messages.ConnectionCheck_failed());
        } catch (TimeoutException e) {
            return FormValidation.error(Messages.ConnectionCheck_timeout(PATIENCE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.ConnectionCheck_failed());
        }
    }
}
