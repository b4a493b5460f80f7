package io.jenkins.plugins.sslmanager.engine.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.terminal.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --password=secret | Unknown option: '--password=secret'
                    --timeout=15 | Invalid value for option '--timeout': '15' is not a duration. Use a whole number and a unit, such as 90s, 15m, 12h or 2d
                    --if-due=soon | Invalid value for option '--if-due': 'soon' does not say when a certificate is due. Write how much of its lifetime is left, such as 33%, or how long before its end, such as 30d
                    --book=orders | --book is for the orders of a service: give its --url too, or leave it out to try the sandbox
                    --examine --csr=no.csr | --examine orders nothing: leave the options of an order out
                    --examine --force | --examine orders nothing: leave the options of an order out
                    --examine --url=https://localhost/v1 | The service given by --url needs --certificate-id too
                    --xml-url=https://localhost/gateway | --xml-url is for --examine: give that, too, or --protocol=XML and --url.
                    --remove-names=a_b | --remove-names cannot be used: removeNames: 'a_b' is not a DNS name. Write it such as www.example.com, *.example.com or müller.example, or with its labels in their xn-- form
                    --certificate-id=abc | Invalid value for option '--certificate-id': 'abc' is not a long
                    --context=x | Invalid value for option '--context': 'x' is not an int
                    --protocol=soap | Invalid value for option '--protocol': expected one of [JSON, XML] (case-insensitive) but was 'soap'
                    --key-algorithm=RSA_1024 | Invalid value for option '--key-algorithm': expected one of [RSA_2048, RSA_3072, RSA_4096, EC_P256, EC_P384] (case-insensitive) but was 'RSA_1024'
                    --csr=no.csr --key-algorithm=EC_P256 | --key-algorithm is for a new key, and --csr brings one along: give one of them
                    --csr=no.csr | --csr no.csr cannot be read: there is no such file
                    --user=release | --user, --context and --second-factor belong to a service: give its --url too, or leave them out to try the sandbox.
                    --url=https://localhost/v1 | The service given by --url needs --certificate-id too
                    --url=https://localhost/v1 --certificate-id=1 | The service given by --url needs --user too.
                    --url=https://localhost/v1 --certificate-id=1 --user=u | The service given by --url needs --context too.
                    --url=http://example.com --certificate-id=1 --user=u --context=4 | SSL Manager account: url must begin with https:// for the host example.com: over http:// anyone on the way could read the password. Plain http is for this machine (localhost) alone.
                    --url=https://localhost/v1 --certificate-id=1 --user=u --context=0 | SSL Manager account: context must be a positive number, not 0: it is 9 for SSL Manager users, 4 for AutoDNS users, 1 for the demo system and the sandbox.
                    """)
    void anOptionThatCannotBeUsedIsNamedWithTheReason(String options, String told) {
        Seen seen = Terminal.run(options.split(" "));

        assertEquals(told, seen.err().lines().findFirst().orElse(""));
        assertEquals(new Seen(ExitCode.INPUT, "", seen.err()), seen);
    }

    @Test
    void withoutAPasswordTheVariableIsNamed() {
        try (Terminal terminal = new Terminal(Protocol.JSON)) {
            Seen seen = terminal.reissueWith(Optional.empty(), Behaviour.ORDINARY, folder);

            assertEquals(
                    new Seen(
                            ExitCode.INPUT,
                            "",
                            "There is no password for the user release. Set the environment variable SSLMANAGER_PASSWORD, or"
                                    + " run this in a terminal, where it is asked for.\n"),
                    seen);
        }
    }

    @Test
    void aFileThatIsNoCsrIsNamedWithTheReason() throws IOException {
        Path csr = Files.writeString(folder.resolve("notes.txt"), "Remember the milk");

        Seen seen = Terminal.run("--csr=" + csr);

        assertEquals(ExitCode.INPUT, seen.exitCode());
        assertTrue(seen.err().startsWith("--csr " + csr + ": The CSR has no line like -----BEGIN"), seen.err());
    }

    @Test
    void aPrivateKeyGivenAsCsrIsRefusedAndNotQuoted() throws IOException {
        String key = Pem.encode(KeyAlgorithm.EC_P256.generate().getPrivate());
        Path csr = Files.writeString(folder.resolve("key.pem"), key);

        Seen seen = Terminal.run("--csr=" + csr);

        assertTrue(seen.err().contains("holds a private key, which must never leave its owner"), seen.err());
        assertFalse(seen.err().contains(key.lines().skip(1).findFirst().orElseThrow()), seen.err());
    }

    @Test
    void anOutFolderThatCannotBeMadeIsNamedAndNothingIsOrdered() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (Terminal terminal = new Terminal(Protocol.JSON)) {
            Seen seen = terminal.reissue(Behaviour.ORDINARY, file);

            assertEquals(
                    new Seen(
                            ExitCode.INPUT,
                            seen.out(),
                            "--out " + file
                                    + " cannot be made: a file of that name is in the way. Give a folder that may be"
                                    + " written to.\nNothing was ordered.\n"),
                    seen);
        }
    }
}
