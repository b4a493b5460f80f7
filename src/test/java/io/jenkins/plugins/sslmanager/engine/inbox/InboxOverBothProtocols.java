package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of an inbox, once for each protocol in which it asks the sandbox. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
abstract class InboxOverBothProtocols {

    @TempDir
    Path temporary;

    @Parameter
    Protocol protocol;

    Path directory;
    InboxFixture on;

    @BeforeEach
    void start() {
        directory = temporary.resolve("inbox");
        on = new InboxFixture(directory, protocol);
    }
}
