package io.jenkins.plugins.sslmanager.engine.crash;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Stops another process of ours as a debugger does, so that what is killed needs no code for it. */
final class Breakpoint implements AutoCloseable {

    private final List<MethodEntry> entries;
    private final Protocol protocol;
    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String address;

    Breakpoint(CrashPoint point, Protocol protocol) throws IOException, IllegalConnectorArgumentsException {
        entries = point.entries();
        this.protocol = protocol;
        connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        arguments.get("timeout").setValue("60000");
        address = connector.startListening(arguments);
    }

    String jvmArgument() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /** @return false if the process ended without having come to it */
    boolean reached() throws IOException, IllegalConnectorArgumentsException, InterruptedException {
        VirtualMachine vm = connector.accept(arguments);
        try {
            for (MethodEntry entry : entries) {
                vm.eventRequestManager().deleteAllBreakpoints();
                watch(vm, entry);
                // Whatever is stopped, by its start or by the entry before this one.
                vm.resume();
                awaitEntry(vm, entry);
            }
            return true;
        } catch (VMDisconnectedException e) {
            return false;
        }
    }

    private void awaitEntry(VirtualMachine vm, MethodEntry entry) throws InterruptedException {
        while (true) {
            EventSet events = vm.eventQueue().remove();
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    return;
                }
                if (event instanceof ClassPrepareEvent loaded) {
                    breakAt(vm, loaded.referenceType(), entry);
                }
            }
            events.resume();
        }
    }

    private void watch(VirtualMachine vm, MethodEntry entry) {
        String className = entry.className(protocol);
        List<ReferenceType> loaded = vm.classesByName(className);
        if (loaded.isEmpty()) {
            ClassPrepareRequest request = vm.eventRequestManager().createClassPrepareRequest();
            request.addClassFilter(className);
            request.enable();
        } else {
            breakAt(vm, loaded.get(0), entry);
        }
    }

    private static void breakAt(VirtualMachine vm, ReferenceType type, MethodEntry entry) {
        List<Method> methods = type.methodsByName(entry.method());
        if (methods.isEmpty()) {
            throw new IllegalStateException(type.name() + " has no method " + entry.method());
        }
        for (Method method : methods) {
            BreakpointRequest request = vm.eventRequestManager().createBreakpointRequest(method.location());
            request.addCountFilter(entry.occurrence());
            request.enable();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connector.stopListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IOException(e);
        }
    }
}
