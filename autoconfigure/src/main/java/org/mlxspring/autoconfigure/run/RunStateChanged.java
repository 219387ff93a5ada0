package org.mlxspring.autoconfigure.run;

/**
 * Published in the application, on the instance that works on the run, when the run has entered a state and the database
 * says so. A listener that throws is logged and changes nothing.
 *
 * @param run the run in its new state
 */
public record RunStateChanged(RunView run) {}
