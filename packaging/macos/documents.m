// Hears of the packs that the Finder opens with Offprint, and of the references that are followed elsewhere.
//
// macOS does not name them on the command line but in an Apple event, which winit 0.30 leaves to the program. What comes is handed to a
// second launch of the program, as on every other system: that finds the window that is open, passes it on and ends. So nothing else of
// the program has to know of Apple events. winit registers no delegate and no handler of its own for these.

#import <AppKit/AppKit.h>

@interface OffprintDocuments : NSObject
@end

@implementation OffprintDocuments

static OffprintDocuments *documents;

// Before `main`; AppKit is there by then, the application is not.
+ (void)load {
    documents = [OffprintDocuments new];
    [[NSNotificationCenter defaultCenter] addObserver:documents
                                             selector:@selector(applicationWillFinishLaunching:)
                                                 name:NSApplicationWillFinishLaunchingNotification
                                               object:nil];
}

// The place that Apple names for this: later, the event that started the program would have gone to AppKit, which knows no documents.
- (void)applicationWillFinishLaunching:(NSNotification *)notification {
    NSAppleEventManager *events = [NSAppleEventManager sharedAppleEventManager];
    [events setEventHandler:self
                andSelector:@selector(openDocuments:withReplyEvent:)
              forEventClass:kCoreEventClass
                 andEventID:kAEOpenDocuments];
    [events setEventHandler:self
                andSelector:@selector(followReference:withReplyEvent:)
              forEventClass:kInternetEventClass
                 andEventID:kAEGetURL];
}

- (void)openDocuments:(NSAppleEventDescriptor *)event withReplyEvent:(NSAppleEventDescriptor *)reply {
    NSAppleEventDescriptor *list = [event paramDescriptorForKeyword:keyDirectObject];
    NSMutableArray<NSString *> *paths = [NSMutableArray array];
    for (NSInteger at = 1; at <= [list numberOfItems]; at++) {
        NSString *path = [[[list descriptorAtIndex:at] fileURLValue] path];
        if (path != nil) {
            [paths addObject:path];
        }
    }
    [self launchWith:paths];
}

- (void)followReference:(NSAppleEventDescriptor *)event withReplyEvent:(NSAppleEventDescriptor *)reply {
    NSString *reference = [[event paramDescriptorForKeyword:keyDirectObject] stringValue];
    // Whatever else comes must not be taken for an option.
    if ([reference hasPrefix:@"offprint:"]) {
        [self launchWith:@[ reference ]];
    }
}

- (void)launchWith:(NSArray<NSString *> *)arguments {
    NSURL *program = [[NSBundle mainBundle] executableURL];
    if ([arguments count] == 0 || program == nil) {
        return;
    }
    NSTask *task = [NSTask new];
    [task setExecutableURL:program];
    [task setArguments:arguments];
    NSError *error = nil;
    if (![task launchAndReturnError:&error]) {
        NSLog(@"Offprint could not open what it was asked for: %@", [error localizedDescription]);
    }
}

@end
