package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import org.junit.jupiter.api.Test;

/** The port of a rehearsal's sandbox is open to everybody on the machine. */
class SandboxPasswordTest {

    @Test
    void everyRehearsalHasAPasswordOfItsOwn() {
        ServiceOptions one = new ServiceOptions();
        ServiceOptions other = new ServiceOptions();
        try (SandboxServer sandbox = one.startSandbox()) {
            ServiceAccount account = one.accountAt(sandbox, Protocol.JSON);

            assertNotEquals("sandbox", account.password());
            assertNotEquals(other.accountAt(sandbox, Protocol.JSON).password(), account.password());
        }
    }
}
