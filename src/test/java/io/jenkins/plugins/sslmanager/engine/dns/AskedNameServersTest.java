package io.jenkins.plugins.sslmanager.engine.dns;

import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.dns.NameServer.Behaviour;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which name servers are asked for a record, and at which of their addresses. */
class AskedNameServersTest extends PropagationFixture {

    @Test
    void noMoreThanTwentyServersAreAsked() {
        for (int number = 10; number < 35; number++) {
            internet.inCharge("example.com", "ns" + number + ".example.com").show("_dnsauth.example.com TXT abc");
        }

        done(await(TXT, Duration.ZERO));

        assertEquals(20, log.stream().filter(line -> line.endsWith("shows it.")).count());
    }

    @Test
    void ofAServerWithSeveralAddressesAllThatAnswerMustShowIt() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.at("ns1.example.com", "192.0.2.200").close();
        NameServer overIpv6 = internet.at("ns1.example.com", "2001:db8::1");
        time.atEachPause(number -> overIpv6.show("_dnsauth.example.com TXT abc"));

        done(await(TXT));

        assertEquals(
                List.of("ns1.example.com does not show it: there is no such name.", "ns1.example.com shows it."),
                log.subList(1, log.size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "127.0.0.1",
                "169.254.0.1",
                "100.64.0.1",
                "192.0.0.8",
                "198.19.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "2002:a00:1::1",
                "fd00::1",
                "::1"
            })
    void aPrivateAddressIsAskedOnlyIfTheAdministratorAllowsIt(String address) {
        internet.anywhere.add("example.com NS ns.example.com");
        internet.at("ns.example.com", address).show("_dnsauth.example.com TXT abc");

        ReissueException refusal = failure(ReissueException.class, await(TXT));

        assertEquals(ReissueException.Kind.UNFIT, refusal.kind());
        assertTrue(refusal.getMessage().contains("ns.example.com is at the private address"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("privateNameServers"), refusal.getMessage());
        internet.privateAddresses = true;
        done(await(TXT, Duration.ZERO));
    }

    @Test
    void aServerAtAPrivateAddressIsLeftOutBesideOthersUnlessItMayBeAsked() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.anywhere.add("example.com NS ns2.example.com");
        internet.at("ns2.example.com", "10.0.0.1");

        done(await(TXT, Duration.ZERO));

        assertTrue(
                log.contains("ns2.example.com is at the private address 10.0.0.1, which is not asked."), log::toString);
        internet.privateAddresses = true;
        assertTrue(refusal(TXT).contains("ns2.example.com does not show it"));
    }

    @Test
    void aPrivateAddressBesideAPublicOneIsLeftOut() {
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        internet.at("ns1.example.com", "10.0.0.1");

        done(await(TXT, Duration.ZERO));
    }

    @Test
    void theServersThatTheWorldAsksAreAskedToo() {
        internet.inCharge("example.com", "ns.inside.example.com").show("_dnsauth.example.com TXT abc");
        NameServer outside = internet.at("ns.outside.example.net", "192.0.2.77");
        internet.root().add("com NS ns.nic.com", "ns.nic.com A 192.0.2.50");
        NameServer com = internet.at("ns.nic.com", "192.0.2.50");
        com.behave(Behaviour.DELEGATING);
        com.add("example.com NS ns.outside.example.net", "ns.outside.example.net A 192.0.2.77");

        assertTrue(refusal(TXT).contains("ns.outside.example.net does not show it"));
        outside.show("_dnsauth.example.com TXT abc");
        done(await(TXT, Duration.ZERO));
        assertTrue(log.contains("ns.inside.example.com shows it."), log::toString);
    }

    @Test
    void whereThisMachineKnowsPrivateServersAloneThoseOfTheWorldDecide() {
        internet.anywhere.add("example.com NS ns.example.com");
        internet.at("ns.example.com", "10.0.0.1");
        internet.root().add("com NS ns.nic.com", "ns.nic.com A 192.0.2.50");
        NameServer com = internet.at("ns.nic.com", "192.0.2.50");
        com.behave(Behaviour.DELEGATING);
        com.add("example.com NS ns.outside.example.net", "ns.outside.example.net A 192.0.2.77");
        internet.at("ns.outside.example.net", "192.0.2.77").show("_dnsauth.example.com TXT abc");

        done(await(TXT, Duration.ZERO));
    }

    @Test
    void whereTheRootIsOutOfReachTheServersThatThisMachineKnowsAreAsked() {
        internet.root().close();
        internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");

        done(await(TXT, Duration.ZERO));
    }

    @Test
    void aServerWithoutAnAddressIsNamed() {
        internet.anywhere.show("example.com NS ns1.example.com");

        String message = refusal(TXT);

        assertTrue(message.contains(": ns1.example.com cannot be asked: no address of it is found. "), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RECURSIVE | neither its name nor one above it has name servers",
                "FAILING   | Lookup for _dnsauth.example.com./NS failed",
                "SILENT    | java.net.SocketTimeoutException: Query timed out",
            })
    void troubleInFindingTheServersIsWaitedOut(Behaviour behaviour, String reason) {
        internet.anywhere.behave(behaviour);
        time.atEachPause(number -> {
            internet.anywhere.behave(Behaviour.RECURSIVE);
            internet.inCharge("example.com", "ns1.example.com").show("_dnsauth.example.com TXT abc");
        });

        done(await(TXT));

        assertEquals(
                List.of(
                        "The name servers in charge of _dnsauth.example.com are not found (" + reason + ").",
                        "ns1.example.com shows it."),
                log.subList(1, log.size()));
    }
}
