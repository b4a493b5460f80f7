package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Where the jobs of this controller have brought certificates, in {@code JENKINS_HOME/ssl-manager/deployments}. */
@Extension
public final class Deployments {

    private static final Logger LOGGER = Logger.getLogger(Deployments.class.getName());

    private final Map<String, Deployment> all = new ConcurrentHashMap<>();
    private RecordFiles<Deployment> files;

    public static Deployments get() {
        return ExtensionList.lookupSingleton(Deployments.class);
    }

    /** @throws StorageException if the folder cannot be read */
    private synchronized RecordFiles<Deployment> files() {
        if (files == null) {
            Path folder =
                    Jenkins.get().getRootDir().toPath().resolve("ssl-manager").resolve("deployments");
            try {
                RecordFiles<Deployment> opened = new RecordFiles<>(folder, Deployment.class, Deployment::id);
                opened.readAll(line -> LOGGER.warning(line + ". The next build deploys to that target again"))
                        .forEach(deployment -> all.put(deployment.id(), deployment));
                files = opened;
            } catch (IOException e) {
                throw new StorageException(
                        "The records of deployments in " + folder + " cannot be read",
                        "Check the folder's permissions.",
                        e);
            }
        }
        return files;
    }

    /** @throws StorageException if the records cannot be read */
    public Optional<Deployment> find(String job, String credentialsId, String target) {
        files();
        return Optional.ofNullable(all.get(Deployment.id(job, credentialsId, target)));
    }

    /** @throws StorageException if the records cannot be read */
    Collection<Deployment> all() {
        files();
        return List.copyOf(all.values());
    }

    /**
     * It is on the disk when this returns.
     *
     * @throws StorageException if it cannot be written
     */
    public synchronized void keep(Deployment deployment) {
        try {
            files().write(deployment);
            all.put(deployment.id(), deployment);
        } catch (IOException e) {
            throw new StorageException(
                    "The deployment to '" + deployment.target() + "' cannot be written to " + files().folder(),
                    "Check the folder's permissions and the space on its disk.",
                    e);
        }
    }

    /** The next build deploys to that target again. */
    synchronized void forget(String id) {
        Deployment known = all.get(id);
        if (known != null) {
            delete(known);
        }
    }

    private void delete(Deployment deployment) {
        try {
            files().delete(deployment);
            all.remove(deployment.id());
        } catch (IOException e) {
            throw new StorageException(
                    "The deployment to '" + deployment.target() + "' cannot be deleted from " + files().folder(),
                    "Check the folder's permissions.",
                    e);
        }
    }

    private synchronized void moved(String from, String to) {
        for (Deployment deployment : all()) {
            if (CertificateRecord.isIn(deployment.job(), from)) {
                keep(deployment.ofJob(to + deployment.job().substring(from.length())));
                delete(deployment);
            }
        }
    }

    private synchronized void forgetJob(String item) {
        all().stream()
                .filter(deployment -> CertificateRecord.isIn(deployment.job(), item))
                .forEach(this::delete);
    }

    /** Targets go with their job. */
    @Extension
    public static final class Jobs extends ItemListener {

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            get().moved(oldFullName, newFullName);
        }

        @Override
        public void onDeleted(Item item) {
            get().forgetJob(item.getFullName());
        }

        /** A job of another's former name has deployed nothing yet. */
        @Override
        public void onCreated(Item item) {
            get().forgetJob(item.getFullName());
        }
    }
}
