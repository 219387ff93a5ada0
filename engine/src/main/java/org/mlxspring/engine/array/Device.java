package org.mlxspring.engine.array;

/** Where operations run. */
public enum Device {
    CPU,
    GPU
}
