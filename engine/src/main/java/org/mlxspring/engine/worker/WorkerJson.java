package org.mlxspring.engine.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.Optional;
import org.mlxspring.engine.files.FileKey;
import org.mlxspring.engine.train.TrainData;
import org.mlxspring.engine.train.TrainEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The JSON between a worker and who started it: one object per line, its kind in the field {@code type}. Paths travel
 * absolute, since the two may have different working folders.
 */
final class WorkerJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(WorkerTask.class, Tasks.class)
            .addMixIn(WorkerMessage.class, Messages.class)
            .addMixIn(TrainEvent.class, TrainEvents.class)
            .addMixIn(WorkerCommand.class, Commands.class)
            .addMixIn(TrainData.class, Data.class)
            .addModule(new SimpleModule("keys")
                    .addSerializer(FileKey.class, new KeyWriter())
                    .addDeserializer(FileKey.class, new KeyReader()))
            .addModule(new SimpleModule("paths")
                    .addSerializer(Path.class, new PathWriter())
                    .addDeserializer(Path.class, new PathReader()))
            .build();

    private WorkerJson() {}

    static String line(WorkerTask task) {
        return MAPPER.writerFor(WorkerTask.class).writeValueAsString(task);
    }

    static String line(WorkerMessage message) {
        return MAPPER.writerFor(WorkerMessage.class).writeValueAsString(message);
    }

    static String line(WorkerCommand command) {
        return MAPPER.writerFor(WorkerCommand.class).writeValueAsString(command);
    }

    /** @throws JacksonException if the line is no task */
    static WorkerTask task(String line) {
        return MAPPER.readValue(line, WorkerTask.class);
    }

    /** @throws JacksonException if the line is no command */
    static WorkerCommand command(String line) {
        return MAPPER.readValue(line, WorkerCommand.class);
    }

    /** The message in a line; empty for a line of something else, such as a native library's own output. */
    static Optional<WorkerMessage> message(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(line, WorkerMessage.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "train", value = WorkerTask.Train.class),
        @Type(name = "evaluate", value = WorkerTask.Evaluate.class),
        @Type(name = "fuse", value = WorkerTask.Fuse.class)
    })
    private interface Tasks {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "ready", value = WorkerMessage.Ready.class),
        @Type(name = "base_model", value = WorkerMessage.BaseModel.class),
        @Type(name = "training", value = WorkerMessage.Training.class),
        @Type(name = "evaluating", value = WorkerMessage.Evaluating.class),
        @Type(name = "evaluated", value = WorkerMessage.Evaluated.class),
        @Type(name = "fused", value = WorkerMessage.Fused.class),
        @Type(name = "failed", value = WorkerMessage.Failed.class),
        @Type(name = "done", value = WorkerMessage.Done.class)
    })
    private interface Messages {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "referenced", value = TrainEvent.Referenced.class),
        @Type(name = "notice", value = TrainEvent.Notice.class),
        @Type(name = "started", value = TrainEvent.Started.class),
        @Type(name = "report", value = TrainEvent.Report.class),
        @Type(name = "validated", value = TrainEvent.Validated.class),
        @Type(name = "saved", value = TrainEvent.Saved.class),
        @Type(name = "tested", value = TrainEvent.Tested.class),
        @Type(name = "finished", value = TrainEvent.Finished.class)
    })
    private interface TrainEvents {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes(@Type(name = "stop", value = WorkerCommand.Stop.class))
    private interface Commands {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @Type(name = "rows", value = TrainData.Rows.class),
        @Type(name = "prepared", value = TrainData.Prepared.class)
    })
    private interface Data {}

    /** The only place where a key is written: a task goes to the standard input of its worker and nowhere else. */
    private static final class KeyWriter extends StdSerializer<FileKey> {

        KeyWriter() {
            super(FileKey.class);
        }

        @Override
        public void serialize(FileKey key, JsonGenerator out, SerializationContext context) {
            out.writeString(key.encoded());
        }
    }

    private static final class KeyReader extends StdDeserializer<FileKey> {

        KeyReader() {
            super(FileKey.class);
        }

        @Override
        public FileKey deserialize(JsonParser in, DeserializationContext context) {
            return FileKey.decoded(in.getString());
        }
    }

    private static final class PathWriter extends StdSerializer<Path> {

        PathWriter() {
            super(Path.class);
        }

        @Override
        public void serialize(Path path, JsonGenerator out, SerializationContext context) {
            out.writeString(path.toAbsolutePath().toString());
        }
    }

    private static final class PathReader extends StdDeserializer<Path> {

        PathReader() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser in, DeserializationContext context) {
            return Path.of(in.getString());
        }
    }
}
