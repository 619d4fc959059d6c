#pragma once

/// \file
/// The kinds of Kubernetes 1.36 that are described by text alone, a text for each group of them
/// (`object/schema_text.hpp`).

#include <berth/core/config.hpp>

#include <string_view>

namespace berth::kube::detail {

inline constexpr std::string_view storage_text = R"(
@group io.k8s.api.storage.v1 storage.k8s.io/v1
@kind VolumeAttachment volumeattachments cluster fixed=spec deleted
@column Attacher .spec.attacher
@column PV .spec.source.persistentVolumeName
@column Node .spec.nodeName
@column Attached .status.attached
spec! VolumeAttachmentSpec
status VolumeAttachmentStatus default={}
@type VolumeAttachmentSpec
attacher! string
source! VolumeAttachmentSource
nodeName! string
@type VolumeAttachmentSource
persistentVolumeName string
inlineVolumeSpec core.PersistentVolumeSpec
@type VolumeAttachmentStatus
attached! bool default=false
attachmentMetadata {string}
attachError VolumeError
detachError VolumeError
@type VolumeError
time time
message string
errorCode int
@kind VolumeAttributesClass volumeattributesclasses cluster short=vac deleted
@column DriverName .driverName
driverName! string
parameters {string}
)";

inline constexpr std::string_view network_text = R"(
@group io.k8s.api.networking.v1 networking.k8s.io/v1
@kind IPAddress ipaddresses cluster short=ip
@column ParentRef .spec.parentRef.name
spec IPAddressSpec
@type IPAddressSpec
parentRef! ParentReference
@type ParentReference
group string
resource! string
namespace string
name! string
@kind ServiceCIDR servicecidrs cluster generation
@column CIDRs .spec.cidrs
spec ServiceCIDRSpec
status ServiceCIDRStatus default={}
@type ServiceCIDRSpec
cidrs [string] atomic most=2
@type ServiceCIDRStatus
conditions [meta.Condition] map=type merge=type
)";

inline constexpr std::string_view registration_text = R"(
@group io.k8s.kube-aggregator.pkg.apis.apiregistration.v1 apiregistration.k8s.io/v1
@kind APIService apiservices cluster
@column Service .spec.service.name
@column Available .status.conditions[?(@.type=="Available")].status
spec APIServiceSpec
status APIServiceStatus default={}
@type APIServiceSpec
service ServiceReference
group string
version string
insecureSkipTLSVerify bool
caBundle bytes
groupPriorityMinimum! int min=1 max=20000
versionPriority! int min=1 max=1000
@type ServiceReference
namespace string
name string
port int
@type APIServiceStatus
conditions [APIServiceCondition] map=type merge=type
@type APIServiceCondition
type! string
status! string
lastTransitionTime time
reason string
message string
)";

inline constexpr std::string_view flow_text = R"(
@group io.k8s.api.flowcontrol.v1 flowcontrol.apiserver.k8s.io/v1
@kind FlowSchema flowschemas cluster generation
@column PriorityLevel .spec.priorityLevelConfiguration.name
@column MatchingPrecedence .spec.matchingPrecedence
@column DistinguisherMethod .spec.distinguisherMethod.type
spec FlowSchemaSpec
status FlowSchemaStatus default={}
@type FlowSchemaSpec
priorityLevelConfiguration! PriorityLevelConfigurationReference
matchingPrecedence int min=1 max=10000 default=1000
distinguisherMethod FlowDistinguisherMethod
rules [PolicyRulesWithSubjects] atomic
@type PriorityLevelConfigurationReference
name! string
@type FlowDistinguisherMethod
type! string enum=ByNamespace|ByUser
@type PolicyRulesWithSubjects
subjects! [FlowSubject] atomic
resourceRules [ResourcePolicyRule] atomic
nonResourceRules [NonResourcePolicyRule] atomic
@type FlowSubject
kind! string enum=Group|ServiceAccount|User
user NamedSubject
group NamedSubject
serviceAccount ServiceAccountSubject
@type NamedSubject
name! string
@type ServiceAccountSubject
namespace! string
name! string
@type ResourcePolicyRule
verbs! [string] set
apiGroups! [string] set
resources! [string] set
clusterScope bool
namespaces [string] set
@type NonResourcePolicyRule
verbs! [string] set
nonResourceURLs! [string] set
@type FlowSchemaStatus
conditions [FlowSchemaCondition] map=type merge=type
@type FlowSchemaCondition
type string
status string
lastTransitionTime time
reason string
message string
@kind PriorityLevelConfiguration prioritylevelconfigurations cluster generation
@column Type .spec.type
@column NominalConcurrencyShares .spec.limited.nominalConcurrencyShares
@column Queues .spec.limited.limitResponse.queuing.queues
@column HandSize .spec.limited.limitResponse.queuing.handSize
@column QueueLengthLimit .spec.limited.limitResponse.queuing.queueLengthLimit
spec PriorityLevelConfigurationSpec
status PriorityLevelConfigurationStatus default={}
@type PriorityLevelConfigurationSpec
type! string enum=Exempt|Limited
limited LimitedPriorityLevelConfiguration
exempt ExemptPriorityLevelConfiguration
@type LimitedPriorityLevelConfiguration
nominalConcurrencyShares int min=0 default=30
limitResponse LimitResponse
lendablePercent int min=0 max=100 default=0
borrowingLimitPercent int min=0
@type ExemptPriorityLevelConfiguration
nominalConcurrencyShares int min=0 default=0
lendablePercent int min=0 max=100 default=0
@type LimitResponse
type! string enum=Queue|Reject
queuing QueuingConfiguration
@type QueuingConfiguration
queues int min=1 max=10000000 default=64
handSize int min=1 default=8
queueLengthLimit int min=1 default=50
@type PriorityLevelConfigurationStatus
conditions [PriorityLevelConfigurationCondition] map=type merge=type
@type PriorityLevelConfigurationCondition
type string
status string
lastTransitionTime time
reason string
message string
)";

inline constexpr std::string_view admission_text = R"(
@group io.k8s.api.admissionregistration.v1 admissionregistration.k8s.io/v1
@kind ValidatingAdmissionPolicy validatingadmissionpolicies cluster generation idle
@column ParamKind .spec.paramKind.kind
spec ValidatingAdmissionPolicySpec
status ValidatingAdmissionPolicyStatus default={}
@type ValidatingAdmissionPolicySpec
paramKind ParamKind
matchConstraints MatchResources
validations [Validation] atomic
failurePolicy string enum=Fail|Ignore default="Fail"
auditAnnotations [AuditAnnotation] atomic
matchConditions [MatchCondition] map=name merge=name
variables [Variable] map=name merge=name
@type ParamKind
apiVersion string
kind string
@type Validation
expression! string
message string
reason string
messageExpression string
@type AuditAnnotation
key! string
valueExpression! string
@type MatchCondition
name! string
expression! string
@type Variable
name! string
expression! string
@type MatchResources
namespaceSelector meta.LabelSelector
objectSelector meta.LabelSelector
resourceRules [NamedRuleWithOperations] atomic
excludeResourceRules [NamedRuleWithOperations] atomic
matchPolicy string enum=Equivalent|Exact default="Equivalent"
@type NamedRuleWithOperations
resourceNames [string] atomic
operations [string] atomic enum=*|CONNECT|CREATE|DELETE|UPDATE
apiGroups [string] atomic
apiVersions [string] atomic
resources [string] atomic
scope string enum=*|Cluster|Namespaced default="*"
@type ValidatingAdmissionPolicyStatus
observedGeneration long
typeChecking TypeChecking
conditions [meta.Condition] map=type
@type TypeChecking
expressionWarnings [ExpressionWarning] atomic
@type ExpressionWarning
fieldRef! string
warning! string
@kind ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings cluster generation idle
@column PolicyName .spec.policyName
@column ParamRef .spec.paramRef.name
spec ValidatingAdmissionPolicyBindingSpec
@type ValidatingAdmissionPolicyBindingSpec
policyName! string
paramRef ParamRef
matchResources MatchResources
validationActions! [string] set enum=Audit|Deny|Warn
@type ParamRef
name string
namespace string
selector meta.LabelSelector
parameterNotFoundAction string enum=Allow|Deny
)";

inline constexpr std::string_view resource_text = R"(
@group io.k8s.api.resource.v1 resource.k8s.io/v1
@kind DeviceClass deviceclasses cluster generation idle
spec! DeviceClassSpec
@type DeviceClassSpec
selectors [DeviceSelector] atomic most=32
config [DeviceClassConfiguration] atomic most=32
extendedResourceName string
@type DeviceSelector
cel CELDeviceSelector
@type CELDeviceSelector
expression! string most=10240
@type DeviceClassConfiguration
opaque OpaqueDeviceConfiguration
@type OpaqueDeviceConfiguration
driver! string
parameters! any
@kind ResourceClaim resourceclaims namespaced idle fixed=spec
@column State .status.allocation
spec! ResourceClaimSpec
status ResourceClaimStatus default={}
@type ResourceClaimSpec
devices DeviceClaim
@type DeviceClaim
requests [DeviceRequest] atomic most=32
constraints [DeviceConstraint] atomic most=32
config [DeviceClaimConfiguration] atomic most=32
@type DeviceRequest
name! string
exactly ExactDeviceRequest
firstAvailable [DeviceSubRequest] atomic most=8
@type ExactDeviceRequest
deviceClassName! string
selectors [DeviceSelector] atomic most=32
allocationMode string enum=All|ExactCount default="ExactCount"
count long min=1
adminAccess bool
tolerations [DeviceToleration] atomic
capacity CapacityRequirements
@type DeviceSubRequest
name! string
deviceClassName! string
selectors [DeviceSelector] atomic most=32
allocationMode string enum=All|ExactCount default="ExactCount"
count long min=1
tolerations [DeviceToleration] atomic
capacity CapacityRequirements
@type CapacityRequirements
requests {quantity}
@type DeviceToleration
key string
operator string enum=Equal|Exists default="Equal"
value string
effect string enum=NoExecute|NoSchedule|None
tolerationSeconds long
@type DeviceConstraint
requests [string] atomic most=32
matchAttribute string
distinctAttribute string
@type DeviceClaimConfiguration
requests [string] atomic most=32
opaque OpaqueDeviceConfiguration
@type ResourceClaimStatus
allocation AllocationResult
reservedFor [ResourceClaimConsumerReference] map=uid merge=uid most=256
devices [AllocatedDeviceStatus] map=driver,device,pool,shareID
@type AllocationResult
devices DeviceAllocationResult
nodeSelector core.NodeSelector
allocationTimestamp time
@type DeviceAllocationResult
results [DeviceRequestAllocationResult] atomic most=32
config [DeviceAllocationConfiguration] atomic most=64
@type DeviceRequestAllocationResult
request! string
driver! string
pool! string
device! string
adminAccess bool
tolerations [DeviceToleration] atomic
bindingConditions [string] atomic most=4
bindingFailureConditions [string] atomic most=4
shareID string
consumedCapacity {quantity}
@type DeviceAllocationConfiguration
source! string enum=FromClaim|FromClass
requests [string] atomic
opaque OpaqueDeviceConfiguration
@type ResourceClaimConsumerReference
apiGroup string
resource! string
name! string
uid! string
@type AllocatedDeviceStatus
driver! string
pool! string
device! string
shareID string
conditions [meta.Condition] map=type most=8
data any
networkData NetworkDeviceData
@type NetworkDeviceData
interfaceName string
ips [string] atomic
hardwareAddress string
@kind ResourceClaimTemplate resourceclaimtemplates namespaced idle fixed=spec
spec! ResourceClaimTemplateSpec
@type ResourceClaimTemplateSpec
metadata meta.ObjectMeta
spec! ResourceClaimSpec
@kind ResourceSlice resourceslices cluster generation idle
@column Node .spec.nodeName
@column Driver .spec.driver
@column Pool .spec.pool.name
spec! ResourceSliceSpec
@type ResourceSliceSpec
driver! string
pool! ResourcePool
nodeName string
nodeSelector core.NodeSelector
allNodes bool
devices [Device] atomic most=128
perDeviceNodeSelection bool
sharedCounters [CounterSet] atomic most=8
@type ResourcePool
name! string
generation! long
resourceSliceCount! long min=1
@type CounterSet
name! string
counters! {Counter}
@type Counter
value! quantity
@type Device
name! string
attributes {DeviceAttribute}
capacity {DeviceCapacity}
consumesCounters [DeviceCounterConsumption] atomic
nodeName string
nodeSelector core.NodeSelector
allNodes bool
taints [DeviceTaint] atomic most=16
bindsToNode bool
bindingConditions [string] atomic most=4
bindingFailureConditions [string] atomic most=4
allowMultipleAllocations bool
@type DeviceAttribute
int long
bool bool
string string
version string
@type DeviceCapacity
value! quantity
requestPolicy CapacityRequestPolicy
@type CapacityRequestPolicy
default quantity
validValues [quantity] atomic most=10
validRange CapacityRequestPolicyRange
@type CapacityRequestPolicyRange
min quantity
max quantity
step quantity
@type DeviceCounterConsumption
counterSet! string
counters! {Counter}
@type DeviceTaint
key! string
value string
effect! string enum=NoExecute|NoSchedule|None
timeAdded time
)";

inline constexpr std::string_view described_texts[] = {storage_text, network_text,   registration_text,
                                                       flow_text,    admission_text, resource_text};

} // namespace berth::kube::detail
