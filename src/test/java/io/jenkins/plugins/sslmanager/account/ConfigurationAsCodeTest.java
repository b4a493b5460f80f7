package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.Functions;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts as they are written for the Configuration as Code plugin. */
@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {

    /** What the generated schema has wrong of what is in lists: {@code SchemaGeneration.generateMultipleAttributeSchema}. */
    private static final Pattern TAKEN_FOR_AN_OBJECT =
            Pattern.compile(".+/(service|protocol|queuePolicy): expected type: JSONObject, found: String"
                    + "|.+/grants: expected type: JSONObject, found: JSONArray");

    @TempDir
    private Path folder;

    @Test
    @ConfiguredWithCode("accounts.yml")
    void accountsOfAllServicesAreReadWrittenAndReadAgain(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        List<SslManagerAccount> read = SslManagerConfiguration.get().getAccounts();
        assertEquals(
                List.of("production", "demo", "try-out", "gateway"),
                read.stream().map(SslManagerAccount::getName).toList());
        assertEquals(
                List.of(Service.values()),
                read.stream().map(SslManagerAccount::getService).toList());
        assertEquals(
                List.of(9, 1, 1, 4),
                read.stream().map(SslManagerAccount::getContext).toList());
        assertEquals("https://gateway.example.com/v1", read.get(3).getUrl());
        assertEquals(
                List.of(Protocol.JSON, Protocol.JSON, Protocol.JSON, Protocol.XML),
                read.stream().map(SslManagerAccount::getProtocol).toList());

        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String written = Util.toYamlString(Util.getUnclassifiedRoot(context).get("sslManager"));
        assertEquals(Util.toStringFromYamlFile(this, "accounts-exported.yml"), written);

        ByteArrayOutputStream everything = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(everything);
        assertThat(everything.toString(StandardCharsets.UTF_8), not(containsString(SandboxFixture.PASSWORD)));

        SslManagerConfiguration.get().setAccounts(List.of());
        Path file =
                Files.writeString(folder.resolve("again.yml"), "unclassified:\n  sslManager:\n" + written.indent(4));
        ConfigurationAsCode.get().configure(file.toString());
        jenkins.assertEqualDataBoundBeans(read, SslManagerConfiguration.get().getAccounts());
    }

    @Test
    void schemaKnowsAnAccount(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        assertThat(faults(Util.toStringFromYamlFile(this, "accounts.yml")), empty());
        assertThat(faults(Files.readString(Path.of("demo/jenkins.yaml"))), empty());
        assertThat(
                faults("""
                        unclassified:
                          sslManager:
                            accounts:
                              - {name: "production", context: nine}
                              - {name: 7}
                              - {password: "open"}
                            account: "production"
                        """),
                containsInAnyOrder(
                        "#/unclassified/sslManager/accounts/0/context: expected type: Integer, found: String",
                        "#/unclassified/sslManager/accounts/1/name: expected type: String, found: Integer",
                        "#/unclassified/sslManager/accounts/2: extraneous key [password] is not permitted",
                        "#/unclassified/sslManager: extraneous key [account] is not permitted"));
    }

    @Test
    @ConfiguredWithCode("accounts.yml")
    void accountThatIsRenamedKeepsItsId(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        String id = SslManagerConfiguration.get().account("production").getId();
        Path file = Files.writeString(folder.resolve("renamed.yml"), """
                unclassified:
                  sslManager:
                    accounts:
                      - {name: "live", formerNames: "production", service: LIVE, context: 9}
                      - {name: "new", service: LIVE, context: 9}
                """);
        ConfigurationAsCode.get().configure(file.toString());
        assertEquals(id, SslManagerConfiguration.get().account("live").getId());
        assertEquals(id, SslManagerConfiguration.get().account("production").getId());
        assertNotEquals(id, SslManagerConfiguration.get().account("new").getId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{everyJob: true} | Grant 1 of the SSL Manager account 'production': No certificates are given.",
                "{certificates: 'a.example.com'} | Grant 1 of the SSL Manager account 'production': No jobs are given.",
                "{jobs: '*', everyCertificate: true} | Grant 1 of the SSL Manager account 'production': '*' stands for every job.",
            })
    void rowThatSaysTooLittleOrTooMuchIsRefused(String row, String message, JenkinsConfiguredWithCodeRule jenkins)
            throws Exception {
        Path file = Files.writeString(folder.resolve("row.yml"), """
                unclassified:
                  sslManager:
                    accounts:
                      - {name: "production", service: LIVE, context: 9, grants: [%s]}
                """.formatted(row));
        ConfiguratorException refused = assertThrows(
                ConfiguratorException.class, () -> ConfigurationAsCode.get().configure(file.toString()));
        assertThat(Functions.printThrowable(refused), containsString(message));
        assertEquals(List.of(), SslManagerConfiguration.get().getAccounts());
    }

    private static List<String> faults(String yaml) {
        return Util.validateSchema(new JSONObject(Util.convertToJson(yaml))).stream()
                .filter(fault -> fault.startsWith("#/unclassified/"))
                .filter(fault -> !TAKEN_FOR_AN_OBJECT.matcher(fault).matches())
                .toList();
    }

    @Test
    @ConfiguredWithCode("accounts.yml")
    void sameNameTwiceIsRefused(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        Path file = Files.writeString(folder.resolve("same-name.yml"), """
                unclassified:
                  sslManager:
                    accounts:
                      - {name: "production", service: LIVE, context: 9}
                      - {name: "production", service: DEMO, context: 1}
                """);
        ConfiguratorException refused = assertThrows(
                ConfiguratorException.class, () -> ConfigurationAsCode.get().configure(file.toString()));
        assertThat(
                Functions.printThrowable(refused),
                containsString("There is more than one SSL Manager account 'production'. Give each a name of its own,"
                        + " since builds choose an account by name"));
        assertEquals(4, SslManagerConfiguration.get().getAccounts().size());
    }
}
