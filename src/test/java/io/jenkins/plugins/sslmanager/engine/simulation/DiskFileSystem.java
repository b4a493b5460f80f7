package io.jenkins.plugins.sslmanager.engine.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** Lets java.nio.file work on a {@link SimulatedDisk}. Its paths are the machine's own, bent to this file system. */
final class DiskFileSystem extends FileSystem {

    private final DiskProvider provider;

    DiskFileSystem(SimulatedDisk disk, SimulatedDisk.Watch watch) {
        provider = new DiskProvider(this, disk, watch);
    }

    /** A path of this file system that is written like another one. */
    Path path(Path written) {
        return (Path) Proxy.newProxyInstance(
                DiskFileSystem.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> method.getName().equals("getFileSystem")
                        ? this
                        : bent(call(method, written, arguments == null ? new Object[0] : arguments.clone())));
    }

    private Object bent(Object result) {
        return result instanceof Path path ? path(path) : result;
    }

    private static Object call(Method method, Path written, Object[] arguments) throws Throwable {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Path path && path.getFileSystem() instanceof DiskFileSystem) {
                arguments[i] = Path.of(path.toString());
            }
        }
        try {
            return method.invoke(written, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public DiskProvider provider() {
        return provider;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "posix");
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(path(Path.of("/")));
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(Path.of(first, more));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(Path.of(path.toString()));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
