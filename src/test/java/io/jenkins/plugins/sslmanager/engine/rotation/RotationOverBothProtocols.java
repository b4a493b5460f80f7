package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of rotations at a sandbox of their own, over JSON and over XML. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
abstract class RotationOverBothProtocols {

    static final String NAME = "shop.example.com";

    @Parameter
    Protocol protocol;

    @TempDir
    Path folder;

    RotationFixture fixture;

    /** The fixture's way to the service, whose answers can be made to fail. */
    FaultyConnection connection;

    @BeforeEach
    void startSandbox() {
        fixture = new RotationFixture(folder, protocol);
        connection = fixture.connection;
    }
}
