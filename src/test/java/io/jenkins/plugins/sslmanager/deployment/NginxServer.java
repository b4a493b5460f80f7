package io.jenkins.plugins.sslmanager.deployment;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx on a loopback port, with a configuration of its own, which takes its certificate from a folder. */
public final class NginxServer implements AutoCloseable {

    private final Path program;
    private final Path home;
    private final int port;

    /** @param tls has {@code fullchain.pem} and {@code key.pem} */
    public NginxServer(Path program, Path home, Path tls) throws IOException {
        this.program = program;
        this.home = home;
        port = freePort();
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(home.resolve("nginx.conf"), """
                pid %1$s/nginx.pid;
                error_log %1$s/logs/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen 127.0.0.1:%2$d ssl;
                        ssl_certificate %3$s/fullchain.pem;
                        ssl_certificate_key %3$s/key.pem;
                        location / { return 200; }
                    }
                }
                """.formatted(home, port, tls));
    }

    /** Debian's package {@code nginx} puts it into {@code /usr/sbin}; empty where it is not installed. */
    public static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** The command line that runs this nginx. */
    public String command() {
        return program + " -p " + home + " -c " + home.resolve("nginx.conf");
    }

    /** It is there when this returns: nginx opens its port before it goes into the background. */
    public void start() throws IOException, InterruptedException {
        run(List.of());
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of(command().split(" ")), arguments.stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("logs/output").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(home.resolve("logs/output")));
        }
    }

    /** It is gone when this returns. */
    public void stop() throws Exception {
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(Files.readString(pid()).strip()))
                .orElseThrow();
        run(List.of("-s", "quit"));
        process.onExit().get(1, TimeUnit.MINUTES);
    }

    private Path pid() {
        return home.resolve("nginx.pid");
    }

    @Override
    public void close() throws Exception {
        // A test of the configuration leaves an empty one.
        if (Files.exists(pid()) && Files.size(pid()) > 0) {
            stop();
        }
    }
}
