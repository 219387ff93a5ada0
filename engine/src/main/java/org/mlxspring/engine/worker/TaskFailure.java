package org.mlxspring.engine.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.mlxspring.engine.adapter.AdapterException;
import org.mlxspring.engine.data.DataException;
import org.mlxspring.engine.data.RowException;
import org.mlxspring.engine.distributed.DistributedException;
import org.mlxspring.engine.ffi.NativeLibraryException;
import org.mlxspring.engine.model.ModelException;
import org.mlxspring.engine.text.TokenizerException;
import org.mlxspring.engine.text.jinja.TemplateException;
import org.mlxspring.engine.train.TrainException;
import tools.jackson.core.JacksonException;

/**
 * Why a task failed.
 *
 * @param reason what happened and what to do, for a person; never the text of a row
 * @param userError whether the input or the settings are at fault rather than the engine
 */
public record TaskFailure(String reason, boolean userError) {

    /** The failure behind an exception of the engine. */
    public static TaskFailure of(Throwable error) {
        return switch (error) {
            case RowException e -> new TaskFailure(e.getMessage(), true);
            case DataException e -> new TaskFailure(e.getMessage(), true);
            case TokenizerException e -> new TaskFailure(e.getMessage(), true);
            case TemplateException e -> new TaskFailure("The chat template: " + e.getMessage(), true);
            case AdapterException e -> new TaskFailure(e.getMessage(), true);
            case ModelException e -> new TaskFailure(e.getMessage(), true);
            case DistributedException e -> new TaskFailure(e.getMessage(), false);
            case TrainException e -> new TaskFailure(e.getMessage(), false);
            case IllegalArgumentException e
            when e.getClass() == IllegalArgumentException.class -> new TaskFailure(e.getMessage(), true);
            case NativeLibraryException e -> new TaskFailure(e.getMessage(), false);
            case NoSuchFileException e -> new TaskFailure("There is no file " + e.getFile() + ".", true);
            case AccessDeniedException e ->
                new TaskFailure("This user may not read or write " + e.getFile() + ".", true);
            case FileSystemException e -> new TaskFailure(e.getMessage() + ".", false);
            case UncheckedIOException e when e.getCause() instanceof IOException cause -> of(e.getMessage(), cause);
            case ExceptionInInitializerError e when e.getCause() instanceof Throwable cause -> of(cause);
            case OutOfMemoryError e ->
                new TaskFailure("The Java heap was too small (" + e.getMessage() + "); give it more with -Xmx.", false);
            // Its message may quote what it could not read.
            case JacksonException e ->
                new TaskFailure("A JSON file could not be read: " + e.getClass().getSimpleName() + ".", false);
            default ->
                new TaskFailure(
                        "The engine failed: " + error.getClass().getName()
                                + (error.getMessage() == null ? "" : ": " + error.getMessage()),
                        false);
        };
    }

    private static TaskFailure of(String message, IOException cause) {
        TaskFailure behind = of(cause);
        return message.equals(cause.toString())
                ? behind
                : new TaskFailure(message + ": " + behind.reason(), behind.userError());
    }
}
