package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NotificationsTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock)
            .account("alice", "secret-a", 4)
            .account("alice", "secret-a", 9)
            .account("bob", "secret-b", 4)
            .foreignMessages(2)
            .build();

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server).as("alice", "secret-a", 4);

    @Test
    void onlyTheOldestCanBeSeenAndConfirmed() {
        List<Long> ids = sandbox.queuedMessageIds();

        assertEquals(ids.get(0), caller.get("/poll").data().path("id").asLong());
        assertEquals("400 EF09061 message", caller.put("/poll/" + ids.get(1)).refusal());
        assertEquals(
                2, caller.get("/poll").json().path("object").path("summary").asInt());

        caller.put("/poll/" + ids.get(0));

        JsonNode next = caller.get("/poll").json();
        assertEquals(1, next.path("object").path("summary").asInt());
        assertEquals(ids.get(1), next.path("data").path(0).path("id").asLong());
        assertEquals(List.of(ids.get(0)), sandbox.confirmedMessageIds());
        assertEquals(List.of(ids.get(1)), sandbox.queuedMessageIds());
    }

    @Test
    void nothingIsConfirmedTwice() {
        long id = sandbox.queuedMessageIds().get(0);
        caller.put("/poll/" + id);

        assertEquals("404 EF0906 message", caller.put("/poll/" + id).refusal());
    }

    @Test
    void jobsQueueUpBehindForeignMessagesInTheOrderOfTheirEnds() {
        Certificate slow = sandbox.certificate(sandbox.addCertificate("job-slow.example.com", AuthMethod.EMAIL));
        Certificate quick = sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.FILE));
        caller.reissue(slow, Csrs.of(slow));
        caller.reissue(quick, Csrs.of(quick));
        clock.pass(Duration.ofDays(1));

        assertEquals(
                List.of("foreign-1.example.net", "foreign-2.example.net", "example.com", "job-slow.example.com"),
                sandbox.queuedMessageIds().stream().map(this::pollAndConfirm).toList());
    }

    @Test
    void aForeignMessageIsAboutADomain() {
        JsonNode message = caller.get("/poll").data();

        JsonNode object = message.path("object");
        assertEquals("domain", object.path("type").asString());
        assertEquals("foreign-1.example.net", object.path("data").path("name").asString());
        assertEquals(
                "a.ns14.net",
                object.path("data").path("nameServers").path(0).path("name").asString());
        assertEquals("domain", message.path("job").path("type").asString());
        assertEquals("alice", message.path("owner").path("user").asString());
    }

    @Test
    void accountsShareNothing() {
        SandboxAccount alice = sandbox.account("alice", 4);
        long certificate = alice.addCertificate("example.com", AuthMethod.DNS);
        String path = "/certificate/" + certificate;
        assertEquals(200, caller.get(path).status());
        Caller inOtherContext = caller.as("alice", "secret-a", 9);
        Caller bob = caller.as("bob", "secret-b", 4);

        assertEquals("404 EF400104 Certificate", inOtherContext.get(path).refusal());
        assertEquals("404 EF400104 Certificate", bob.get(path).refusal());
        assertEquals(
                "404 EF300101 Job",
                bob.get("/job/"
                                + caller.reissue(alice.certificate(certificate), Csrs.of("example.com"))
                                        .data()
                                        .path("id")
                                        .asString())
                        .refusal());
        assertEquals(
                "404 EF0906 message",
                bob.put("/poll/" + alice.queuedMessageIds().get(0)).refusal());
        clock.pass(TestSandbox.JOB_DELAY);
        assertEquals(3, alice.queuedMessageIds().size());
        assertEquals(2, sandbox.account("bob", 4).queuedMessageIds().size());
        assertThrows(IllegalArgumentException.class, () -> sandbox.account("bob", 9));
    }

    @Test
    void aLongLivedSandboxForgetsTheOldest() {
        long oldest = sandbox.queuedMessageIds().get(0);
        for (int i = 0; i < BoundedMap.LIMIT; i++) {
            sandbox.addForeignMessage("flood.example.net");
        }

        List<Long> ids = sandbox.queuedMessageIds();
        assertEquals(BoundedMap.LIMIT, ids.size());
        assertEquals("404 EF0906 message", caller.put("/poll/" + oldest).refusal());
    }

    private String pollAndConfirm(long id) {
        String about = caller.get("/poll").data().path("object").path("value").asString();
        caller.put("/poll/" + id);
        return about;
    }
}
