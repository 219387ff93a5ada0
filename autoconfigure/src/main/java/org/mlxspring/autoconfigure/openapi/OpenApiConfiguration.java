package org.mlxspring.autoconfigure.openapi;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Serves the description of the API. */
@Configuration(proxyBeanMethods = false)
@Import(OpenApiController.class)
public class OpenApiConfiguration {}
