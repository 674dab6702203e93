package org.sightmill.trainer.distributed.exchange;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What coordinator, members and peers say to one another beside gradients. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Join.class, name = "join"),
  @JsonSubTypes.Type(value = Message.Idle.class, name = "idle"),
  @JsonSubTypes.Type(value = Message.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Message.Beat.class, name = "beat"),
  @JsonSubTypes.Type(value = Message.Prepared.class, name = "prepared"),
  @JsonSubTypes.Type(value = Message.Commit.class, name = "commit"),
  @JsonSubTypes.Type(value = Message.Applied.class, name = "applied"),
  @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Message.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Message.Abort.class, name = "abort"),
  @JsonSubTypes.Type(value = Message.Have.class, name = "have"),
  @JsonSubTypes.Type(value = Message.Locate.class, name = "locate"),
  @JsonSubTypes.Type(value = Message.Holders.class, name = "holders"),
  @JsonSubTypes.Type(value = Message.Meet.class, name = "meet"),
  @JsonSubTypes.Type(value = Message.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = Message.Fetch.class, name = "fetch"),
  @JsonSubTypes.Type(value = Message.Serving.class, name = "serving"),
  @JsonSubTypes.Type(value = Message.Refused.class, name = "refused"),
})
sealed interface Message {
  /** A worker wants to take part in a step. */
  record Join(String token, long step, Peer peer, String hash) implements Message {}

  /** It is not needed: another task of its process has joined, or the step is over. */
  record Idle(String why) implements Message {}

  /** The attempt begins with these members. */
  record Start(long attempt, List<Peer> members, int rank, Partition partition) implements Message {
    /** Copies the list. */
    public Start {
      members = List.copyOf(members);
    }
  }

  /** A sign of life. */
  record Beat() implements Message {}

  /** The member holds the sum, and has changed nothing yet. */
  record Prepared(String sumHash, List<NodeReport> reports) implements Message {
    /** Copies the list. */
    public Prepared {
      reports = List.copyOf(reports);
    }
  }

  /** The decision: everyone applies the sum. */
  record Commit() implements Message {}

  /** The member is at the new version. */
  record Applied(String hash, String summary) implements Message {}

  /** Everybody is. */
  record Done() implements Message {}

  /** The member can't go on. */
  record Failed(FailureReason reason, String detail) implements Message {}

  /** The attempt is over and nothing is applied. */
  record Abort(FailureReason reason, String detail) implements Message {}

  /** A worker has the weights of a version, without a step. */
  record Have(String token, Peer peer, String hash) implements Message {}

  /** A worker asks who has the weights of a version. */
  record Locate(String token, long version) implements Message {}

  /** Who has them, by the coordinator's knowledge. */
  record Holders(List<Peer> peers, String hash) implements Message {
    /** Copies the list. */
    public Holders {
      peers = List.copyOf(peers);
    }
  }

  /** A member greets another: gradients of this attempt follow. */
  record Meet(String token, long attempt, int rank) implements Message {}

  /** The attempt is known, or will be: gradients may come. */
  record Welcome() implements Message {}

  /** Somebody asks for a folder of weights. */
  record Fetch(String token, Content content, long version) implements Message {}

  /** What a folder holds. */
  enum Content {
    /** Weights and optimizer state, to go on from. */
    STATE,
    /** The model, for others to load. */
    EXPORT
  }

  /** It follows, file by file. */
  record Serving(List<File> files) implements Message {
    /** Copies the list. */
    public Serving {
      files = List.copyOf(files);
    }
  }

  /** A file's name, without folders, and its length. */
  record File(String name, long bytes) {}

  /** The answer to a greeting or a question that is refused. */
  record Refused(FailureReason reason, String why) implements Message {}
}
