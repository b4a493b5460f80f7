/** A real process on a real disk, killed with SIGKILL at each point between two effects and started again. */
package io.jenkins.plugins.sslmanager.engine.crash;
