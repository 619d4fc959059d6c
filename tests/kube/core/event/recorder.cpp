/// \file
/// What is told about objects becomes events, counted instead of repeated.

#include "../../schedule/scheduler_cluster.hpp"

#include <berth/kube/core/event/recorder.hpp>

#include <algorithm>

using namespace test;

namespace {

auto note_of(std::string message, std::string pod_name = "p") -> reconcile::note {
    auto n = reconcile::note{};
    n.regarding = reconcile::reference(object::any_object(make_pod(std::move(pod_name)).done()));
    n.type = "Warning";
    n.reason = "FailedScheduling";
    n.message = std::move(message);
    return n;
}

auto events_of(desk& d) -> std::vector<object::stored<kube::event>> {
    return api::list<kube::event>(d).value();
}

} // namespace

TEST_CASE("what is told becomes an event beside the object") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"default-scheduler", "host"});
    tell.record(note_of("no room"), "spec.containers{main}", new_year);
    auto const all = events_of(c.server());
    REQUIRE(all.size() == 1);
    auto const& e = *all[0];
    CHECK(e.metadata.namespace_ == "default");
    CHECK(e.metadata.name.starts_with("p."));
    CHECK(e.involved_object.kind == "Pod");
    CHECK(e.involved_object.api_version == "v1");
    CHECK(e.involved_object.name == "p");
    CHECK(e.involved_object.uid == "uid-of-p");
    CHECK(e.involved_object.field_path == "spec.containers{main}");
    CHECK(e.source.component == "default-scheduler");
    CHECK(e.source.host == "host");
    CHECK(e.type == "Warning");
    CHECK(e.reason == "FailedScheduling");
    CHECK(e.message == "no room");
    CHECK(e.count == 1);
    CHECK(e.first_timestamp.time() == new_year);
}

TEST_CASE("the same told again is counted, another thing is told apart") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"default-scheduler", ""});
    tell(note_of("no room"), new_year);
    tell(note_of("no room"), new_year + seconds(5));
    tell(note_of("no room"), new_year + seconds(9));
    tell(note_of("no nodes"), new_year + seconds(9));
    tell(note_of("no room", "q"), new_year + seconds(9));
    auto const all = events_of(c.server());
    REQUIRE(all.size() == 3);
    auto counts = std::vector<std::int32_t>();
    for (auto const& e : all) counts.push_back(e->count);
    std::sort(counts.begin(), counts.end());
    CHECK(counts == std::vector<std::int32_t>{1, 1, 3});
    for (auto const& e : all) CHECK(e->last_timestamp.time() == new_year + seconds(9));
}

TEST_CASE("an event that was deleted is told anew") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"default-scheduler", ""});
    tell(note_of("no room"), new_year);
    c.remove<kube::event>(events_of(c.server()).at(0)->metadata.name);
    tell(note_of("no room"), new_year + seconds(5));
    REQUIRE(events_of(c.server()).size() == 1);
    CHECK(events_of(c.server())[0]->count == 1);
}

TEST_CASE("events of a batch are written at once, when it is full or when they are asked for") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"kubelet", "here"}, {.batch = 3});
    tell(note_of("a"), new_year);
    tell.record(note_of("b"), {}, "there", new_year);
    CHECK(events_of(c.server()).empty());
    tell(note_of("c"), new_year);
    CHECK(events_of(c.server()).size() == 3);
    tell(note_of("d"), new_year);
    tell.flush();
    tell.flush();
    auto const all = events_of(c.server());
    REQUIRE(all.size() == 4);
    for (auto const& e : all) CHECK(e->source.host == (e->message == "b" ? "there" : "here"));
}

TEST_CASE("what waits to be written is counted like what is written") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"kubelet", "here"}, {.batch = 100});
    tell(note_of("no room"), new_year);
    tell(note_of("no room"), new_year + seconds(1));
    auto const all = events_of(c.server());
    REQUIRE(all.size() == 1);
    CHECK(all[0]->count == 2);
}

TEST_CASE("a message that is too long is cut between characters, and a long name still gets events") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"default-scheduler", ""});
    auto text = std::string(1019, 'x');
    for (auto n = 0; n < 10; ++n) text += "\xc3\xa9";
    tell(note_of(text, std::string(250, 'p')), new_year);
    auto const all = events_of(c.server());
    REQUIRE(all.size() == 1);
    CHECK(all[0]->message == std::string(1019, 'x') + " ...");
    CHECK(all[0]->metadata.name.starts_with("event."));
    CHECK(all[0]->involved_object.name.size() == 250);
}

TEST_CASE("much of the same kind is combined") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"job-controller", ""});
    for (auto n = 0; n < 14; ++n)
        tell(note_of("pod p-" + std::to_string(n) + " is refused"), new_year + seconds(n));
    auto const all = events_of(c.server());
    CHECK(all.size() == 10);
    auto const combined = std::find_if(all.begin(), all.end(), [](auto const& e) { return e->count > 1; });
    REQUIRE(combined != all.end());
    CHECK((*combined)->message == "(combined from similar events): pod p-13 is refused");
    CHECK((*combined)->count == 5);
    tell(note_of("another day"), new_year + minutes(30));
    CHECK(events_of(c.server()).size() == 11);
}

TEST_CASE("of one object only so much is told at once, and others are told of") {
    auto c = scheduler_cluster();
    auto tell = kube::event_recorder(c.server(), {"default-scheduler", ""});
    for (auto n = 0; n < 100; ++n) tell(note_of("no room"), new_year + seconds(1));
    auto const counted = [&] { return events_of(c.server())[0]->count; };
    CHECK(counted() == 25);
    tell(note_of("no room", "q"), new_year + seconds(1));
    CHECK(events_of(c.server()).size() == 2);
    tell(note_of("no room"), new_year + minutes(6));
    CHECK(counted() == 26);
    tell(note_of("no room"), new_year + minutes(6));
    CHECK(counted() == 26);
}
