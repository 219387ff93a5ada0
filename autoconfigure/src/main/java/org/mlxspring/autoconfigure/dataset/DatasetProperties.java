package org.mlxspring.autoconfigure.dataset;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How datasets are received.
 *
 * @param maxUpload Largest upload of a dataset version, all files together. The application's own limits, in
 *     spring.servlet.multipart, are neither used nor changed.
 */
public record DatasetProperties(@DefaultValue("1GB") DataSize maxUpload) {}
