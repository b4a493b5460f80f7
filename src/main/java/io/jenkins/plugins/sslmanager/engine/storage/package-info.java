/** Files that survive a crash, whole and on the disk. What they hold is decided by whoever writes them. */
package io.jenkins.plugins.sslmanager.engine.storage;
