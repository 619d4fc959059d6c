/// \file
/// Webhooks at work: an API server whose admission asks a function in the place of other servers.

#include "../cluster.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/core/base64.hpp>
#include <berth/kube/admissionregistration/admission.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/validating_webhook_configuration/type.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/core/config_map/type.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <stop_token>

using namespace test;
namespace json = boost::json;

namespace {

/// What a webhook answers besides the uid, given the question.
using behaviour = std::function<std::string(json::object const& request)>;

/// An API server, and who is asked by it: by the paths of their URLs.
struct desk {
    api::memory_store objects;
    std::map<std::string, behaviour> hooks = {};
    std::vector<std::string> asked = {};
    std::vector<json::object> questions = {};
    std::vector<std::size_t> at_once = {}; ///< how many were asked at the same time, each time
    std::stop_source stop = {};
    time_point time = new_year;
    duration patience = {}; ///< with which the last one was asked
    api::server server{objects, kube::registry(), options()};

    desk() { kube::bootstrap(server, {.policy = false}).value(); }

    auto options() -> api::server_options {
        return {.now = [this] { return time; },
                .seed = 1,
                .admission = kube::admission(
                    {.seed = 1,
                     .call_webhooks =
                         [this](std::span<net::post_request const> all, std::stop_token const&) {
                             at_once.push_back(all.size());
                             auto said = std::vector<result<net::post_answer>>();
                             for (auto const& q : all) said.push_back(answer(q));
                             return said;
                         },
                     .stop = stop.get_token()})};
    }
    auto answer(net::post_request const& q) -> result<net::post_answer> {
        auto const path = q.url.substr(q.url.rfind('/'), q.url.rfind('?') - q.url.rfind('/'));
        auto const request = json::parse(q.body).at("request").as_object();
        asked.push_back(path);
        patience = q.patience;
        questions.push_back(request);
        auto const found = hooks.find(path);
        if (found == hooks.end())
            return fail(error_code::unavailable, "dial tcp 127.0.0.1:1: connect: connection refused");
        auto const response = found->second(request);
        if (response == "late") return fail(error_code::timeout, "context deadline exceeded");
        if (response.starts_with('!')) return net::post_answer{503, response.substr(1)};
        return net::post_answer{200, R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1",)"
                                     R"("response":{"uid":)" +
                                         json::serialize(request.at("uid")) + "," + response + "}}"};
    }
    template <class Configuration, class Change = void (*)(decltype(Configuration{}.webhooks[0])&)>
    auto configure(std::string name, std::vector<std::string> paths, Change change = [](auto&) {}) -> void {
        auto c = Configuration{};
        c.metadata.name = std::move(name);
        for (auto const& path : paths) {
            auto& w = c.webhooks.emplace_back();
            w.name = path.substr(1) + ".example.com";
            w.client_config.url = std::string("https://127.0.0.1:1") + path;
            w.side_effects = std::string("None");
            w.admission_review_versions = {"v1"};
            auto& r = w.rules.emplace_back();
            r.operations = {"*"};
            r.api_groups = {""};
            r.api_versions = {"v1"};
            r.resources = {"configmaps"};
            change(w);
        }
        api::create(server, std::move(c)).value();
    }
};

using mutating = kube::mutating_webhook_configuration;
using validating = kube::validating_webhook_configuration;

constexpr auto allowed = R"("allowed":true)";

auto allows(json::object const&) -> std::string { return allowed; }

auto patches(std::string patch) -> behaviour {
    return [patch = base64_encode(patch)](json::object const&) {
        return R"("allowed":true,"patchType":"JSONPatch","patch":")" + patch + '"';
    };
}
auto adds(std::string const& key, std::string const& value) -> behaviour {
    return patches(R"([{"op":"add","path":"/data/)" + key + R"(","value":")" + value + R"("}])");
}

auto settings(std::string name = "c") -> kube::config_map {
    auto c = kube::config_map{};
    c.metadata.namespace_ = "default";
    c.metadata.name = std::move(name);
    c.data["a"] = "1";
    return c;
}

template <class T> auto why(result<T> const& done) -> std::string { return done ? "" : done.error().message; }

} // namespace

TEST_CASE("what is written is told to the webhooks that its rules name, and to no others") {
    auto d = desk();
    d.hooks["/guard"] = &allows;
    d.configure<validating>("v", {"/guard"});
    CHECK(d.asked.empty()); // never about configurations
    auto const made = api::create(d.server, settings());
    REQUIRE(made);
    REQUIRE(d.questions.size() == 1);
    auto const& q = d.questions[0];
    CHECK(q.at("operation") == "CREATE");
    CHECK(q.at("name") == "c");
    CHECK(q.at("namespace") == "default");
    CHECK(q.at("resource") == json::value({{"group", ""}, {"version", "v1"}, {"resource", "configmaps"}}));
    CHECK(q.at("object").at("kind") == "ConfigMap");
    CHECK(q.at("object").at("data") == json::value({{"a", "1"}}));
    CHECK(q.at("oldObject").is_null());
    CHECK(q.at("userInfo").at("username") == "system:apiserver");

    auto other = **made;
    other.data["a"] = "2";
    REQUIRE(api::update(d.server, other, made->revision_of()));
    CHECK(d.questions[1].at("operation") == "UPDATE");
    CHECK(d.questions[1].at("oldObject").at("data") == json::value({{"a", "1"}}));
    REQUIRE(api::remove<kube::config_map>(d.server, other.metadata.where(), {}));
    CHECK(d.questions[2].at("operation") == "DELETE");
    CHECK(d.questions[2].at("object").is_null());
    auto s = kube::namespace_{};
    s.metadata.name = "n";
    REQUIRE(api::create(d.server, s));
    CHECK(d.questions.size() == 3);
}

TEST_CASE("a refusal is told in the webhook's words, and nothing is written") {
    auto d = desk();
    d.hooks["/guard"] = [](json::object const&) {
        return R"("allowed":false,"warnings":["w"],"status":{"code":403,"reason":"Forbidden",)"
               R"("message":"no"})";
    };
    d.configure<validating>("v", {"/guard"});
    auto const refused = api::create(d.server, settings());
    CHECK(why(refused) == "admission webhook \"guard.example.com\" denied the request: no");
    CHECK(refused.error().code == error_code::forbidden);
    CHECK(refused.error().warnings == std::vector<std::string>{"w"});
    CHECK_FALSE(api::get<kube::config_map>(d.server, {"default", "c"}));
}

TEST_CASE("a webhook that cannot be asked stops the write, unless its failures are ignored") {
    auto d = desk();
    d.configure<validating>("v", {"/nobody"});
    auto const refused = api::create(d.server, settings());
    CHECK(why(refused) ==
          "Internal error occurred: failed calling webhook \"nobody.example.com\": failed to call webhook: "
          "Post "
          "\"https://127.0.0.1:1/nobody?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused");
    CHECK(refused.error().code == error_code::internal);
    d.hooks["/nobody"] = [](json::object const&) { return "!out of order"; };
    CHECK(
        why(api::create(d.server, settings())) ==
        "Internal error occurred: failed calling webhook \"nobody.example.com\": failed to call webhook: an "
        "error on the server (\"out of order\") has prevented the request from succeeding");
    d.hooks["/nobody"] = [](json::object const&) { return R"("uid":"another")"; };
    CHECK(why(api::create(d.server, settings()))
              .find("received invalid webhook response: expected "
                    "response.uid=") != std::string::npos);
    REQUIRE(api::remove<validating>(d.server, {{}, "v"}, {}));
    d.configure<validating>("v", {"/gone"}, [](auto& w) { w.failure_policy = std::string("Ignore"); });
    CHECK(api::create(d.server, settings()));
}

TEST_CASE("an answer that cannot be read is a call that failed: the policy decides") {
    auto d = desk();
    d.hooks["/odd"] = [](json::object const&) { return R"("allowed":"no")"; };
    d.configure<validating>("v", {"/odd"});
    CHECK(
        why(api::create(d.server, settings())) ==
        "Internal error occurred: failed calling webhook \"odd.example.com\": failed to call webhook: json: "
        "cannot unmarshal string into Go struct field response.allowed of type bool");
    REQUIRE(api::remove<validating>(d.server, {{}, "v"}, {}));
    d.configure<validating>("v", {"/odd"}, [](auto& w) { w.failure_policy = std::string("Ignore"); });
    CHECK(api::create(d.server, settings()));
}

TEST_CASE(
    "validating webhooks are asked at once; the first refusal in their order is told, and all warnings") {
    auto d = desk();
    d.hooks["/a"] = [](json::object const&) { return R"("allowed":true,"warnings":["a"])"; };
    d.hooks["/b"] = [](json::object const&) { return R"("allowed":false,"status":{"message":"b"})"; };
    d.hooks["/c"] = [](json::object const&) { return R"("allowed":false,"warnings":["c"])"; };
    d.configure<validating>("2", {"/b", "/c"});
    d.configure<validating>("1", {"/a"});
    auto const refused = api::create(d.server, settings());
    CHECK(d.at_once == std::vector<std::size_t>{3});
    CHECK(d.asked == std::vector<std::string>{"/a", "/b", "/c"});
    CHECK(why(refused) == "admission webhook \"b.example.com\" denied the request: b");
    CHECK(refused.error().warnings == std::vector<std::string>{"a", "c"});
    REQUIRE(api::remove<validating>(d.server, {{}, "2"}, {}));
    d.at_once.clear();
    d.hooks["/m"] = d.hooks["/n"] = &allows;
    d.configure<mutating>("m", {"/m", "/n"});
    REQUIRE(api::create(d.server, settings()));
    CHECK(d.at_once == std::vector<std::size_t>{1, 1, 1}); // those that change are asked in turn
}

TEST_CASE("a webhook that hangs is waited for once in a batch, and asked again in the next one") {
    auto const names = std::vector<std::string>{"a", "b", "c"};
    auto batch = std::vector<api::write>();
    for (auto const& name : names)
        batch.emplace_back(api::create_request{object::any_object(settings(name)), {}});
    for (auto const ignored : {false, true}) {
        auto d = desk();
        auto const policy = [&](auto& w) {
            if (ignored) w.failure_policy = std::string("Ignore");
        };
        d.hooks["/hangs"] = [](json::object const&) { return "late"; };
        d.hooks["/fine"] = &allows;
        d.configure<mutating>("m", {"/hangs"}, policy);
        d.configure<validating>("v", {"/hangs", "/fine"}, policy);
        auto const done = d.server.commit(batch);
        for (auto const& one : done) CHECK(one.has_value() == ignored);
        if (!ignored) {
            CHECK(why(done[0]).ends_with("context deadline exceeded"));
            CHECK(why(done[1]).ends_with("(while it was asked about another write of the batch)"));
        }
        auto const hung = std::count(d.asked.begin(), d.asked.end(), "/hangs");
        CHECK(hung == (ignored ? 2 : 1)); // once of each kind
        CHECK(std::count(d.asked.begin(), d.asked.end(), "/fine") == (ignored ? 3 : 0));
        d.asked.clear();
        static_cast<void>(api::create(d.server, settings("d")));
        CHECK(std::count(d.asked.begin(), d.asked.end(), "/hangs") == (ignored ? 2 : 1));
    }
}

TEST_CASE("what waits for webhooks at a stop fails, also where their failures are ignored") {
    auto d = desk();
    d.hooks["/hangs"] = [&](json::object const&) {
        d.stop.request_stop();
        return "late";
    };
    d.configure<validating>("v", {"/hangs"}, [](auto& w) { w.failure_policy = std::string("Ignore"); });
    auto const stopped = api::create(d.server, settings());
    CHECK(why(stopped) == "request did not complete within requested timeout");
    CHECK(stopped.error().code == error_code::timeout);
    CHECK_FALSE(api::get<kube::config_map>(d.server, {"default", "c"}));
}

TEST_CASE("all webhooks together have the time that a write may wait, and no more") {
    auto d = desk();
    for (auto const* const path : {"/a", "/b", "/c"})
        d.hooks[path] = [&](json::object const&) {
            d.time = d.time + std::min(d.patience, seconds(15));
            return d.patience < seconds(15) ? "late" : allowed;
        };
    auto const slow = [](auto& w) {
        w.timeout_seconds = 30;
        w.failure_policy = std::string("Ignore");
    };
    d.configure<mutating>("m", {"/a", "/b"}, slow);
    auto const begun = d.time;
    CHECK(api::create(d.server, settings())); // 30 s of 34
    d.configure<validating>("v", {"/c"}, slow);
    d.asked.clear();
    auto const late = api::create(d.server, settings("d"));
    CHECK(why(late) == "request did not complete within requested timeout");
    CHECK(late.error().code == error_code::timeout);
    CHECK(d.asked == std::vector<std::string>{"/a", "/b", "/c"});
    CHECK(d.time - begun == seconds(30) + api::longest_admission);

    auto hasty = api::server_identity();
    hasty.deadline = seconds(20);
    auto client = d.server.as(hasty);
    d.asked.clear();
    CHECK(why(api::create(client, settings("d"))) == "request did not complete within requested timeout");
    CHECK(d.asked == std::vector<std::string>{"/a", "/b"}); // nobody is asked when the time is over
    d.asked.clear();
    d.hooks["/a"] = d.hooks["/b"] = d.hooks["/c"] = &allows;
    CHECK(api::create(client, settings("d")));
}

TEST_CASE("mutating webhooks change what is written, in the order of their configurations' names") {
    auto d = desk();
    d.hooks["/one"] = adds("one", "1");
    d.hooks["/two"] = [](json::object const& q) {
        CHECK(q.at("object").at("data").as_object().contains("one"));
        return adds("two", "2")({});
    };
    d.configure<mutating>("b", {"/two"});
    d.configure<mutating>("a", {"/one"});
    auto const made = api::create(d.server, settings());
    REQUIRE(made);
    CHECK((*made)->data == object::string_map{{"a", "1"}, {"one", "1"}, {"two", "2"}});
    CHECK(d.asked == std::vector<std::string>{"/one", "/two"});
}

TEST_CASE("who wants it is asked once more when others have changed what it saw") {
    auto d = desk();
    d.hooks["/again"] = &allows;
    d.hooks["/once"] = &allows;
    d.hooks["/late"] = adds("late", "1");
    d.configure<mutating>("a", {"/again"}, [](auto& w) { w.reinvocation_policy = std::string("IfNeeded"); });
    d.configure<mutating>("b", {"/once", "/late"});
    REQUIRE(api::create(d.server, settings()));
    CHECK(d.asked == std::vector<std::string>{"/again", "/once", "/late", "/again"});
    d.asked.clear();
    d.hooks["/late"] = &allows;
    REQUIRE(api::create(d.server, settings("d")));
    CHECK(d.asked == std::vector<std::string>{"/again", "/once", "/late"});
}

TEST_CASE("the steps before webhooks are done once more for what webhooks changed") {
    auto d = desk();
    d.hooks["/pods"] = patches(
        R"([{"op":"add","path":"/spec/tolerations","value":[]}, {"op":"add","path":"/spec/containers/-",)"
        R"("value":{"name":"side","image":"i"}}])");
    d.configure<mutating>("m", {"/pods"}, [](auto& w) { w.rules[0].resources = {"pods"}; });
    auto account = kube::service_account{};
    account.metadata.namespace_ = "default";
    account.metadata.name = "default";
    REQUIRE(api::create(d.server, account));
    auto p = kube::pod{};
    p.metadata.namespace_ = "default";
    p.metadata.name = "p";
    p.spec.containers.emplace_back().name = "main";
    p.spec.containers[0].image = "i";
    auto const made = api::create(d.server, p);
    CHECK(why(made) == "");
    REQUIRE(made);
    CHECK((*made)->spec.tolerations.size() == 2); // default tolerations are back
    REQUIRE((*made)->spec.containers.size() == 2);
    CHECK((*made)->spec.containers[1].image_pull_policy == "Always"); // defaults
    CHECK((*made)->spec.containers[1].volume_mounts.size() == 1);     // the account's token
}

TEST_CASE("a patch that does not fit, or of what goes away, stops the request") {
    auto d = desk();
    d.hooks["/m"] = patches(R"([{"op":"remove","path":"/data/none"}])");
    d.configure<mutating>("m", {"/m"});
    CHECK(why(api::create(d.server, settings())).starts_with("Internal error occurred: "));
    d.hooks["/m"] = &allows;
    REQUIRE(api::create(d.server, settings()));
    d.hooks["/m"] = adds("x", "y");
    CHECK(why(api::remove<kube::config_map>(d.server, {"default", "c"}, {})) ==
          "Internal error occurred: admission webhook \"m.example.com\" attempted to modify the object, "
          "which is "
          "not supported for this operation");
}

TEST_CASE("selectors choose objects by labels, before or after, and namespaces by theirs") {
    auto d = desk();
    d.hooks["/o"] = d.hooks["/n"] = &allows;
    d.configure<validating>("v", {"/o"},
                            [](auto& w) { w.object_selector.engage().match_labels["app"] = "web"; });
    d.configure<validating>("w", {"/n"}, [](auto& w) {
        w.namespace_selector.engage().match_labels["kubernetes.io/metadata.name"] = "kube-system";
    });
    auto c = settings();
    REQUIRE(api::create(d.server, c));
    CHECK(d.asked.empty());
    c.metadata.name = "web";
    c.metadata.labels["app"] = "web";
    auto const made = api::create(d.server, c);
    CHECK(d.asked == std::vector<std::string>{"/o"});
    auto bare = **made;
    bare.metadata.labels.clear();
    REQUIRE(api::update(d.server, bare, made->revision_of()));
    CHECK(d.asked.size() == 2); // it had the label
    d.asked.clear();
    auto far = settings();
    far.metadata.namespace_ = "kube-system";
    REQUIRE(api::create(d.server, far));
    CHECK(d.asked == std::vector<std::string>{"/n"});
}

TEST_CASE("a rule of one version is about others too where they are equivalent") {
    auto d = desk();
    d.hooks["/equal"] = d.hooks["/exact"] = &allows;
    auto const v1 = [](auto& w) {
        w.rules[0].api_groups = {"autoscaling"};
        w.rules[0].resources = {"horizontalpodautoscalers"};
        if (w.name.starts_with("exact")) w.match_policy = std::string("Exact");
    };
    d.configure<validating>("v", {"/equal", "/exact"}, v1);
    auto h = kube::horizontal_pod_autoscaler{};
    h.metadata.namespace_ = "default";
    h.metadata.name = "h";
    h.spec.max_replicas = 3;
    h.spec.scale_target_ref.api_version = "apps/v1";
    h.spec.scale_target_ref.kind = "Deployment";
    h.spec.scale_target_ref.name = "web";
    REQUIRE(why(api::create(d.server, h)) == "");
    REQUIRE(d.asked == std::vector<std::string>{"/equal"});
    CHECK(d.questions[0].at("object").at("apiVersion") == "autoscaling/v1");
    CHECK(d.questions[0].at("resource").at("version") == "v1");
    CHECK(d.questions[0].at("requestResource").at("version") == "v2");
}

TEST_CASE("subresources are asked about by their own names") {
    auto d = desk();
    d.hooks["/scale"] = d.hooks["/whole"] = &allows;
    d.configure<mutating>("m", {"/scale", "/whole"}, [](auto& w) {
        w.rules[0].api_groups = {"apps"};
        w.rules[0].resources = {w.name.starts_with("scale") ? "deployments/scale" : "deployments"};
    });
    auto web = make_deployment("web", 1).done();
    web.metadata.uid.clear();
    REQUIRE(why(api::create(d.server, web)) == "");
    CHECK(d.asked == std::vector<std::string>{"/whole"});
    d.asked.clear();
    d.hooks["/scale"] = patches(R"([{"op":"replace","path":"/spec/replicas","value":7}])");
    auto how = api::patch_options{};
    how.subresource = "scale";
    auto const done = d.server.patch(kube::deployment::resource, {"default", "web"},
                                     {api::patch_type::merge, R"({"spec":{"replicas":4}})"}, how);
    CHECK(why(done) == "");
    CHECK(d.asked == std::vector<std::string>{"/scale"});
    CHECK(d.questions.back().at("kind").at("kind") == "Scale");
    CHECK(d.questions.back().at("subResource") == "scale");
    CHECK(d.questions.back().at("object").at("spec") == json::value({{"replicas", 4}}));
    CHECK((*api::get<kube::deployment>(d.server, {"default", "web"}))->spec.replicas == 7);
}

TEST_CASE("a dry run is told as one") {
    auto d = desk();
    d.hooks["/guard"] = &allows;
    d.configure<validating>("v", {"/guard"}, [](auto& w) { w.side_effects = std::string("NoneOnDryRun"); });
    auto o = api::create_options{};
    o.dry_run = true;
    REQUIRE(d.server.create(object::any_object(settings()), o));
    CHECK(d.questions[0].at("dryRun") == true);
}

TEST_CASE("only where a webhook may be asked about their kind may writes wait") {
    auto d = desk();
    auto const waits = [&](object::resource_name const& r) {
        auto const known = d.server.kinds().snapshot();
        return d.server.may_wait(*known->find(r));
    };
    CHECK_FALSE(waits(kube::config_map::resource));
    d.configure<mutating>("m", {"/m"});
    CHECK(waits(kube::config_map::resource));
    CHECK_FALSE(waits(kube::namespace_::resource));
    d.configure<validating>("v", {"/v"}, [](auto& w) { w.rules[0].resources = {"*/*"}; });
    CHECK(waits(kube::namespace_::resource));
    CHECK_FALSE(waits(mutating::resource)); // so that a webhook that hangs can be taken away
}

TEST_CASE("a new object stays in the namespace for which it was asked") {
    auto d = desk();
    d.configure<mutating>("m", {"/m"});
    d.hooks["/m"] = patches(R"([{"op":"add","path":"/metadata/namespace","value":"kube-system"}])");
    auto const moved = api::create(d.server, settings());
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == error_code::bad_request);
    CHECK(moved.error().message ==
          "the namespace of the provided object does not match the namespace sent on the request");
    d.hooks["/m"] = patches(R"([{"op":"remove","path":"/metadata/namespace"}])");
    auto const made = api::create(d.server, settings());
    REQUIRE(made);
    CHECK((*made)->metadata.namespace_ == "default");
}
