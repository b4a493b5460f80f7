package io.jenkins.plugins.sslmanager.engine.dns;

import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.dns.NameServer.Behaviour;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropagationTest extends PropagationFixture {

    @Test
    void whatAllShowIsThereAtOnce() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.inCharge("example.com", "ns2.example.net").show("_dnsauth.example.com TXT abc");

        done(await(TXT, Duration.ZERO));

        assertEquals(
                List.of(
                        "Waiting until all name servers show the TXT record of _dnsauth.example.com with \"abc\".",
                        "ns1.example.com shows it.",
                        "ns2.example.net shows it."),
                log);
    }

    @Test
    void theLastServerIsWaitedFor() {
        NameServer quick = internet.inCharge("example.com", "ns1.example.com");
        NameServer slow = internet.inCharge("example.com", "ns2.example.net");
        slow.show("_dnsauth.example.com TXT old");
        time.atEachPause(number -> {
            if (number == 2) {
                quick.show("_dnsauth.example.com TXT abc");
            } else if (number == 4) {
                slow.show("_dnsauth.example.com TXT abc");
            }
        });

        done(await(TXT));

        assertEquals(4, time.pauses().size());
        assertEquals(
                List.of(
                        "ns1.example.com does not show it: there is no such name.",
                        "ns2.example.net does not show it, but \"old\".",
                        "ns1.example.com shows it.",
                        "ns2.example.net shows it."),
                log.subList(1, log.size()));
    }

    @Test
    void atTheTimeLimitTheFailureNamesThoseThatLackIt() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.inCharge("example.com", "ns2.example.net").show("_dnsauth.example.com TXT old");
        Instant deadline = time.instant().plusSeconds(100);

        ReissueException failure = failure(ReissueException.class, await(TXT, Duration.ofSeconds(100)));

        assertEquals(ReissueException.Kind.TIME_LIMIT, failure.kind());
        assertEquals(
                "At the time limit not all name servers show the TXT record of _dnsauth.example.com with \"abc\": "
                        + "ns2.example.net does not show it, but \"old\". See that the record is set, and that all name "
                        + "servers of the zone have it, then run this again",
                failure.getMessage());
        assertEquals(deadline, time.instant());
        assertEquals(3, log.size(), "what has not changed is not told again: " + log);
    }

    /** Many have the record of all their domains in a zone of its own, which a program may change. */
    @Test
    void anAliasIsFollowedIntoItsOwnZone() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com CNAME auth.example.net");
        internet.inCharge("example.net", "ns1.example.net").show("auth.example.net TXT abc");

        done(await(TXT, Duration.ZERO));

        assertEquals("ns1.example.net shows it.", log.get(log.size() - 1));
    }

    @Test
    void theServersOfTheAliasAreNamedWhereTheyLag() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com CNAME auth.example.net");
        internet.inCharge("example.net", "ns1.example.net").show("auth.example.net TXT old");

        assertTrue(refusal(TXT).contains("ns1.example.net does not show it, but \"old\""), log::toString);
    }

    @Test
    void anAliasThatServersDisagreeOnIsNotFollowed() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com CNAME auth.example.net");
        internet.inCharge("example.com", "ns2.example.com").show("_dnsauth.example.com TXT abc");
        internet.inCharge("example.net", "ns1.example.net").show("auth.example.net TXT abc");

        assertTrue(refusal(TXT).contains("ns1.example.com does not show it: the name is an alias"), log::toString);
    }

    @Test
    void aliasesInACircleEndTheLook() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com CNAME _dnsauth.example.com");

        assertTrue(refusal(TXT).contains("the name is an alias"), log::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_dnsauth.example.com TXT old         | IN_CHARGE     | does not show it, but \"old\"",
                "_dnsauth.example.com TXT ABC         | IN_CHARGE     | does not show it, but \"ABC\"",
                "_dnsauth.example.com CNAME else.test | IN_CHARGE     | does not show it: the name is an alias (CNAME) of else.test.",
                "_dnsauth.example.com A 192.0.2.99    | IN_CHARGE     | does not show it: the name has no TXT record",
                "www.example.com TXT abc              | IN_CHARGE     | does not show it: there is no such name",
                "_dnsauth.example.com TXT abc         | NOT_IN_CHARGE | does not show it: it is not in charge of the zone",
                "_dnsauth.example.com TXT abc         | FAILING       | does not show it: it answers SERVFAIL",
                "_dnsauth.example.com TXT abc         | SILENT        | does not answer",
            })
    void whatAServerShowsInsteadIsTold(String entry, Behaviour behaviour, String told) {
        NameServer server = internet.inCharge("example.com", "ns1.example.com");
        server.show(entry);
        server.behave(behaviour);

        String message = refusal(TXT);

        assertTrue(message.contains(": ns1.example.com " + told + ". "), message);
    }

    @Test
    void otherRecordsOfTheNameAreNoObstacle() {
        internet.inCharge("example.com", "ns1.example.com")
                .show("_dnsauth.example.com TXT old", "_dnsauth.example.com TXT \"a\" \"bc\"");

        done(await(TXT, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"2c.3d.sectigo.com, true", "2C.3D.Sectigo.com, true", "2c.3d.sectigo.net, false"})
    void anAliasIsComparedAsAName(String target, boolean isRight) {
        internet.inCharge("example.com", "ns1.example.com").show("_0a1b.example.com CNAME " + target);

        CompletableFuture<Void> wait = await(CNAME, Duration.ZERO);

        if (isRight) {
            done(wait);
        } else {
            String message = failure(ReissueException.class, wait).getMessage();
            assertTrue(message.contains("does not show it, but \"2c.3d.sectigo.net\""), message);
        }
    }

    @Test
    void aZoneOfItsOwnBelowTheDomainIsAskedInItsPlace() {
        NameServer parent = internet.inCharge("example.com", "ns1.example.com");
        internet.inCharge("shop.example.com", "ns.shop.example.com").show("_dnsauth.shop.example.com TXT abc");

        done(await(DnsRecord.parse("_dnsauth.shop.example.com. TXT abc"), Duration.ZERO));

        assertEquals(List.of(), parent.questions());
    }

    @Test
    void aRecordAtTheTopOfItsZoneIsFound() {
        internet.inCharge("example.com", "ns1.example.com").show("example.com TXT abc");

        done(await(DnsRecord.parse("example.com. TXT abc"), Duration.ZERO));
    }

    @Test
    void whatDoesNotFitInADatagramIsFetchedOverTcp() {
        NameServer server = internet.inCharge("example.com", "ns1.example.com");
        IntStream.range(0, 50).forEach(number -> server.add("_dnsauth.example.com TXT " + "x".repeat(100) + number));
        server.add("_dnsauth.example.com TXT abc");

        done(await(TXT, Duration.ZERO));

        assertEquals(1, server.connections());
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedAgain() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        NameServer silent = internet.inCharge("example.com", "ns2.example.net");
        silent.show("_dnsauth.example.com TXT abc");
        silent.behave(Behaviour.SILENT);
        time.atEachPause(number -> silent.behave(Behaviour.IN_CHARGE));

        done(await(TXT));

        assertEquals(
                List.of("ns1.example.com shows it.", "ns2.example.net does not answer.", "ns2.example.net shows it."),
                log.subList(1, log.size()));
    }

    @Test
    void aServerThatIsGoneIsNamedAtTheTimeLimitWithWhatThisMachineNeeds() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.inCharge("example.com", "ns2.example.net").close();

        String message = refusal(TXT);

        assertTrue(message.contains(": ns2.example.net does not answer ("), message);
        assertTrue(message.endsWith("This machine must reach name servers itself, on port 53 by UDP and TCP"), message);
    }

    @Test
    void cancellingEndsThePause() throws Exception {
        internet.inCharge("example.com", "ns1.example.com");
        BlockingQueue<CompletableFuture<Void>> begun = new LinkedBlockingQueue<>();
        Pauses pauses = new Pauses() {
            @Override
            public Instant instant() {
                return time.instant();
            }

            @Override
            public CompletableFuture<Void> pause(Duration duration) {
                CompletableFuture<Void> pause = new CompletableFuture<>();
                begun.add(pause);
                return pause;
            }
        };
        CompletableFuture<Void> wait = new Propagation(internet, pauses, log::add)
                .await(TXT, time.instant().plus(Duration.ofHours(1)));
        CompletableFuture<Void> pause = begun.poll(30, TimeUnit.SECONDS);

        wait.cancel(true);

        assertThrows(CancellationException.class, () -> pause.get(30, TimeUnit.SECONDS));
    }

    @Test
    void afterCancellingNobodyIsAskedAndNothingIsTold() throws Exception {
        NameServer server = internet.inCharge("example.com", "ns1.example.com");
        internet.anywhere.behave(Behaviour.HOLDING_BACK);
        CompletableFuture<Void> wait = await(TXT);
        internet.anywhere.question();

        wait.cancel(true);
        internet.anywhere.behave(Behaviour.RECURSIVE);
        time.atEachPause(
                number -> server.show(number == 5 ? "other.example.com TXT abc" : "other.example.com TXT old"));
        done(await(DnsRecord.parse("other.example.com. TXT abc")));

        assertTrue(wait.isCancelled());
        assertEquals(Set.of("other.example.com TXT"), Set.copyOf(server.questions()));
        assertEquals(
                List.of(),
                log.stream().skip(1).filter(line -> line.contains("_dnsauth")).toList());
    }
}
