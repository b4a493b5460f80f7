package io.jenkins.plugins.sslmanager.engine.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a port of loopback, over UDP and TCP, that shows the records that it is given. */
public final class NameServer implements AutoCloseable {

    private static final int UDP_SIZE_WITHOUT_EDNS = 512;

    /** What it does with a question. */
    enum Behaviour {
        /** Looks it up anywhere. */
        RECURSIVE,
        /** Answers from its own zone alone, and refuses to look it up anywhere. */
        IN_CHARGE,
        NOT_IN_CHARGE,
        /** Tells the servers of zones below its own, with their addresses. */
        DELEGATING,
        FAILING,
        /** Answers when it behaves otherwise. */
        HOLDING_BACK,
        SILENT
    }

    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private Behaviour behaviour;

    private NameServer(Behaviour behaviour, ServerSocket tcp, DatagramSocket udp) {
        this.behaviour = behaviour;
        this.tcp = tcp;
        this.udp = udp;
        serve(this::answerDatagram);
        serve(this::answerConnection);
    }

    static NameServer start(Behaviour behaviour) {
        while (true) {
            try {
                ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                try {
                    return new NameServer(behaviour, tcp, new DatagramSocket(tcp.getLocalPort(), tcp.getInetAddress()));
                } catch (BindException e) {
                    // The number is free for TCP alone.
                    tcp.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    synchronized void behave(Behaviour now) {
        behaviour = now;
        notifyAll();
    }

    synchronized boolean isSilent() {
        return behaviour == Behaviour.SILENT;
    }

    /** @param entries name, type and value, instead of those before */
    void show(String... entries) {
        records.clear();
        add(entries);
    }

    public void add(String... entries) {
        Stream.of(entries).map(NameServer::record).forEach(records::add);
    }

    /** The next one, as name and type; waits until it comes. */
    String question() throws InterruptedException {
        return questions.poll(30, TimeUnit.SECONDS);
    }

    /** Those that have come and were not asked for. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    /** How many questions came over TCP. */
    int connections() {
        return connections.get();
    }

    private void serve(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!udp.isClosed()) {
                            step.run();
                        }
                    } catch (IOException | InterruptedException e) {
                        close();
                    }
                },
                "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void answerDatagram() throws IOException, InterruptedException {
        DatagramPacket packet = new DatagramPacket(new byte[Message.MAXLENGTH], Message.MAXLENGTH);
        udp.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        int size =
                query.getOPT() == null ? UDP_SIZE_WITHOUT_EDNS : query.getOPT().getPayloadSize();
        if (isHeard(query)) {
            // Sets the flag for what has been cut off.
            byte[] answer = answer(query).toWire(size);
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
    }

    private void answerConnection() throws IOException, InterruptedException {
        try (Socket connection = tcp.accept()) {
            connections.incrementAndGet();
            DataInputStream in = new DataInputStream(connection.getInputStream());
            Message query = new Message(in.readNBytes(in.readUnsignedShort()));
            if (isHeard(query)) {
                byte[] answer = answer(query).toWire();
                DataOutputStream out = new DataOutputStream(connection.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            }
        }
    }

    private synchronized boolean isHeard(Message query) throws InterruptedException {
        Record question = query.getQuestion();
        questions.add(question.getName().toString(true) + " " + Type.string(question.getType()));
        while (behaviour == Behaviour.HOLDING_BACK) {
            wait();
        }
        return behaviour != Behaviour.SILENT;
    }

    private synchronized Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        boolean wantsRecursion = query.getHeader().getFlag(Flags.RD);
        if (behaviour == Behaviour.FAILING) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (wantsRecursion != (behaviour == Behaviour.RECURSIVE)) {
            answer.getHeader().setRcode(Rcode.REFUSED);
        } else {
            look(query.getQuestion(), answer);
        }
        return answer;
    }

    private void look(Record question, Message answer) {
        if (behaviour == Behaviour.IN_CHARGE) {
            answer.getHeader().setFlag(Flags.AA);
        }
        if (behaviour == Behaviour.DELEGATING) {
            records.stream()
                    .filter(record ->
                            record.getType() == Type.NS && record.getName().equals(question.getName()))
                    .forEach(record -> answer.addRecord(record, Section.AUTHORITY));
            records.stream()
                    .filter(record -> record.getType() != Type.NS)
                    .forEach(record -> answer.addRecord(record, Section.ADDITIONAL));
            return;
        }
        records.stream()
                .filter(record -> record.getName().equals(question.getName()))
                .filter(record -> record.getType() == question.getType() || record.getType() == Type.CNAME)
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (records.stream().noneMatch(record -> record.getName().subdomain(question.getName()))) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
    }

    private static Record record(String entry) {
        String[] words = entry.split(" ", 3);
        try {
            return Record.fromString(
                    Name.fromString(words[0], Name.root), Type.value(words[1]), DClass.IN, 300, words[2], Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
