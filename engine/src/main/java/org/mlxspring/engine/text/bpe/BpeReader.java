package org.mlxspring.engine.text.bpe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlxspring.engine.text.bpe.AddedTokens.Added;
import org.mlxspring.engine.text.bpe.MarkedSpaceModel.Cut;
import org.mlxspring.engine.text.bpe.MarkedSpaceModel.Prefix;
import org.mlxspring.engine.text.bpe.PatternSplitter.Kept;
import tools.jackson.databind.JsonNode;

/** Makes a tokenizer of {@code tokenizer.json}, and refuses what would make it another one than it says. */
final class BpeReader {

    private static final String MARK = String.valueOf(MarkedSpaceModel.MARK);

    private final TokenizerFile file;
    private final JsonNode model;
    private final JsonNode normalizer;
    private final JsonNode preTokenizer;

    private BpeReader(TokenizerFile file) {
        this.file = file;
        this.model = file.settings().path("model");
        this.normalizer = only(file.settings().path("normalizer"), "normalizers");
        this.preTokenizer = only(file.settings().path("pre_tokenizer"), "pretokenizers");
    }

    static BpeTokenizer read(TokenizerFile file) throws UnsupportedTokenizerException {
        return new BpeReader(file).tokenizer();
    }

    private BpeTokenizer tokenizer() throws UnsupportedTokenizerException {
        require(type(model).equals("BPE"), "a model that is no BPE");
        require(model.path("dropout").asDouble(0) == 0, "dropout");
        require(model.path("continuing_subword_prefix").asString("").isEmpty(), "a prefix of subwords");
        require(model.path("end_of_word_suffix").asString("").isEmpty(), "a suffix of words");
        require(
                absent(file.settings().path("truncation"))
                        && absent(file.settings().path("padding")),
                "padding");
        boolean composes = type(normalizer).equals("NFC");
        List<Added> first = new ArrayList<>();
        List<Added> then = new ArrayList<>();
        addedTokens(first, then);
        require(
                then.isEmpty()
                        || absent(normalizer)
                        || composes && then.stream().allMatch(BpeReader::isPlain),
                "added tokens that are normalized");
        List<Integer> before = new ArrayList<>();
        List<Integer> behind = new ArrayList<>();
        boolean trims = postProcessor(file.settings().path("post_processor"), before, behind);
        Model encoder = model(composes);
        return new BpeTokenizer(
                encoder,
                composes,
                new AddedTokens(first),
                new AddedTokens(then),
                before.stream().mapToInt(Integer::intValue).toArray(),
                behind.stream().mapToInt(Integer::intValue).toArray(),
                trims);
    }

    private static boolean isPlain(Added token) {
        return token.content().chars().allMatch(c -> c < 128);
    }

    private static String type(JsonNode node) {
        return node.path("type").asString("");
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static void require(boolean known, String what) throws UnsupportedTokenizerException {
        if (!known) {
            throw new UnsupportedTokenizerException(what);
        }
    }

    /** The one step of a sequence that has only one. */
    private static JsonNode only(JsonNode node, String steps) {
        JsonNode list = node.path(steps);
        return type(node).equals("Sequence") && list.size() == 1 ? list.get(0) : node;
    }

    /** The library gives out the ids anew, in the order of the file; here they must be the same. */
    private void addedTokens(List<Added> first, List<Added> then) throws UnsupportedTokenizerException {
        int next = file.vocabulary().size();
        boolean strips = false;
        boolean spaced = false;
        for (JsonNode token : file.settings().path("added_tokens")) {
            String content = token.path("content").asString("");
            int id = token.path("id").asInt(-1);
            Integer known = file.vocabulary().get(content);
            require(!content.isEmpty() && id == (known == null ? next : known), "the id of an added token");
            next += known == null ? 1 : 0;
            require(!token.path("single_word").asBoolean(false), "an added token that must be a word");
            boolean left = token.path("lstrip").asBoolean(false);
            boolean right = token.path("rstrip").asBoolean(false);
            strips |= left || right;
            spaced |= !content.strip().equals(content);
            Added added = new Added(content, id, left, right);
            (token.path("normalized").asBoolean(true) ? then : first).add(added);
        }
        require(!strips || !spaced, "added tokens that take white space from each other");
    }

    /** Whether places are trimmed; the tokens around a text are put into the lists. */
    private static boolean postProcessor(JsonNode node, List<Integer> before, List<Integer> behind)
            throws UnsupportedTokenizerException {
        if (absent(node)) {
            return false;
        }
        switch (type(node)) {
            case "ByteLevel" -> {
                boolean trims = node.path("trim_offsets").asBoolean(true);
                require(!trims || !node.path("add_prefix_space").asBoolean(true), "places after a space put before");
                return trims;
            }
            case "TemplateProcessing" -> template(node, before, behind);
            case "Sequence" -> {
                boolean trims = false;
                for (JsonNode each : node.path("processors")) {
                    trims |= postProcessor(each, before, behind);
                }
                return trims;
            }
            default -> throw new UnsupportedTokenizerException("the post-processor " + type(node));
        }
        return false;
    }

    private static void template(JsonNode node, List<Integer> before, List<Integer> behind)
            throws UnsupportedTokenizerException {
        require(before.isEmpty() && behind.isEmpty(), "two templates");
        boolean passed = false;
        for (JsonNode part : node.path("single")) {
            if (part.has("Sequence")) {
                require(!passed, "a template with the text twice");
                passed = true;
                continue;
            }
            JsonNode token = node.path("special_tokens")
                    .path(part.path("SpecialToken").path("id").asString(""));
            require(token.path("ids").isArray(), "a template with an unknown token");
            for (JsonNode id : token.path("ids")) {
                (passed ? behind : before).add(id.asInt());
            }
        }
        require(passed, "a template without the text");
    }

    private Model model(boolean composes) throws UnsupportedTokenizerException {
        MergeTable merges = merges();
        if (model.path("byte_fallback").asBoolean(false)) {
            require(!model.path("ignore_merges").asBoolean(false), "byte fallback with words as they are");
            return markedSpaces(merges);
        }
        require(absent(normalizer) || composes, "the normalizer " + type(normalizer));
        return new ByteLevelModel(
                splitter(),
                file.vocabulary(),
                merges,
                model.path("ignore_merges").asBoolean(false));
    }

    private MergeTable merges() throws UnsupportedTokenizerException {
        Map<String, Integer> ids = file.vocabulary();
        List<String> pairs = file.merges();
        var table = new MergeTable(pairs.size() / 2);
        for (int i = 0; i < pairs.size(); i += 2) {
            Integer left = ids.get(pairs.get(i));
            Integer right = ids.get(pairs.get(i + 1));
            Integer merged = ids.get(pairs.get(i) + pairs.get(i + 1));
            require(left != null && right != null && merged != null, "a merge of unknown tokens");
            table.put(left, right, i / 2, merged);
        }
        return table;
    }

    private Splitter splitter() throws UnsupportedTokenizerException {
        List<JsonNode> steps = new ArrayList<>();
        if (type(preTokenizer).equals("Sequence")) {
            preTokenizer.path("pretokenizers").forEach(steps::add);
        } else {
            steps.add(preTokenizer);
        }
        require(
                !steps.isEmpty() && type(steps.getLast()).equals("ByteLevel"),
                "text that is not split into bytes last");
        List<Splitter> splitters = new ArrayList<>();
        for (JsonNode step : steps) {
            switch (type(step)) {
                case "ByteLevel" -> {
                    require(step == steps.getLast(), "text that is split after it became bytes");
                    require(!step.path("add_prefix_space").asBoolean(true), "a space put before a text");
                    if (step.path("use_regex").asBoolean(true)) {
                        splitters.add(new PatternSplitter(PatternSplitter.GPT2, Kept.ALL));
                    }
                }
                case "Digits" ->
                    splitters.add(
                            new Splitter.Digits(step.path("individual_digits").asBoolean(false)));
                case "Split" -> splitters.add(split(step));
                default -> throw new UnsupportedTokenizerException("the pre-tokenizer " + type(step));
            }
        }
        return splitters.size() == 1 ? splitters.getFirst() : new Splitter.Steps(List.copyOf(splitters));
    }

    private static Splitter split(JsonNode step) throws UnsupportedTokenizerException {
        JsonNode pattern = step.path("pattern").path("Regex");
        require(pattern.isString(), "a split at a text");
        boolean inverted = step.path("invert").asBoolean(false);
        Kept kept =
                switch (step.path("behavior").asString("")) {
                    case "Isolated" -> Kept.ALL;
                    case "Removed" -> inverted ? Kept.MATCHES : Kept.GAPS;
                    default -> throw new UnsupportedTokenizerException("a split that is " + step.path("behavior"));
                };
        return new PatternSplitter(pattern.asString(), kept);
    }

    private Model markedSpaces(MergeTable merges) throws UnsupportedTokenizerException {
        Cut cut = mergesStayWithinWords() ? Cut.BEFORE_WORDS : Cut.NOWHERE;
        if (type(preTokenizer).equals("Metaspace")) {
            require(absent(normalizer), "a normalizer beside marks for spaces");
            require(preTokenizer.path("replacement").asString("").equals(MARK), "another mark for spaces");
            boolean cuts = preTokenizer.path("split").asBoolean(true);
            return new MarkedSpaceModel(prefix(), cuts ? Cut.BEFORE_MARKS : cut, file.vocabulary(), merges);
        }
        require(absent(preTokenizer) || splitsAtSpaces(), "the pre-tokenizer " + type(preTokenizer));
        return new MarkedSpaceModel(normalizedPrefix(), cut, file.vocabulary(), merges);
    }

    private Prefix prefix() throws UnsupportedTokenizerException {
        JsonNode older = preTokenizer.path("add_prefix_space");
        boolean without = older.isBoolean() && !older.asBoolean();
        return switch (preTokenizer.path("prepend_scheme").asString(without ? "never" : "always")) {
            case "never" -> Prefix.NONE;
            case "first" -> Prefix.AT_THE_BEGINNING;
            case "always" -> Prefix.UNLESS_THERE;
            default -> throw new UnsupportedTokenizerException("an unknown place for marks");
        };
    }

    /** Gemma's step, which finds no spaces, as the normalizer has put marks in their place. */
    private boolean splitsAtSpaces() {
        return type(preTokenizer).equals("Split")
                && preTokenizer.path("pattern").path("String").asString("").equals(" ");
    }

    private Prefix normalizedPrefix() throws UnsupportedTokenizerException {
        if (marksSpaces(normalizer)) {
            return Prefix.NONE;
        }
        JsonNode steps = normalizer.path("normalizers");
        boolean known = type(normalizer).equals("Sequence")
                && steps.size() == 2
                && type(steps.get(0)).equals("Prepend")
                && steps.get(0).path("prepend").asString("").equals(MARK)
                && marksSpaces(steps.get(1));
        require(known, "the normalizer " + type(normalizer));
        return Prefix.ALWAYS;
    }

    private static boolean marksSpaces(JsonNode step) {
        return type(step).equals("Replace")
                && step.path("pattern").path("String").asString("").equals(" ")
                && step.path("content").asString("").equals(MARK);
    }

    private boolean mergesStayWithinWords() {
        List<String> pairs = file.merges();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i + 1).startsWith(MARK) && !pairs.get(i).endsWith(MARK)) {
                return false;
            }
        }
        return true;
    }
}
