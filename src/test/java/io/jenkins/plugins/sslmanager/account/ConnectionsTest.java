package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long passwords are kept in memory, and which sign in alike. */
class ConnectionsTest {

    private final Connections connections = new Connections();
    private final Object first = connected("hunter2");

    private Object connected(String password) {
        return connections.connection(
                "id", Protocol.JSON, new ServiceAccount(URI.create("https://ssl.example.com"), "user", password, 4));
    }

    @Test
    void theSamePasswordIsTheSameConnectionAndAnotherIsAnother() {
        Object wrong = connected("any");

        assertNotSame(first, wrong);
        assertSame(first, connected("hunter2"));
        assertSame(wrong, connected("any"));
    }

    @Test
    void passwordOfAnAccountThatIsGoneIsForgotten() {
        connections.forgetUnused(Set.of("id"), Instant.now());
        assertSame(first, connected("hunter2"));

        connections.forgetUnused(Set.of("other"), Instant.now());

        assertNotSame(first, connected("hunter2"));
    }

    @Test
    void passwordThatNobodyUsesIsForgottenAfterAnHour() {
        connections.forgetUnused(Set.of("id"), Instant.now().plus(Duration.ofMinutes(61)));

        assertNotSame(first, connected("hunter2"));
    }
}
